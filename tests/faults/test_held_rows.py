"""A long transaction holds rows of every queue: all else goes on around it, and they come after."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from tests.faults.conftest import Site
from tests.faults.gunicorn import free_port
from tests.faults.test_deliveries import TASKS, must_be_equal, until, worker
from tests.faults.test_followers_mailed import MailingSite
from tests.faults.test_mails import WAITING
from tests.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.fault

ONE_OF_EACH = (
    "SELECT id FROM search_change WHERE version > delivered ORDER BY id LIMIT 1",
    "SELECT id FROM practices_queuedmail ORDER BY id LIMIT 1",
    "SELECT id FROM django_tasks_database_dbtaskresult"
    " WHERE status = 'READY' AND task_path LIKE '%send_link' ORDER BY enqueued_at LIMIT 1",
    "SELECT id FROM django_tasks_database_dbtaskresult"
    " WHERE status = 'RUNNING' ORDER BY enqueued_at LIMIT 1",
)
TWO_LEFT = """
    UPDATE django_tasks_database_dbtaskresult
    SET status = 'RUNNING', started_at = now() - interval '5 minutes'
    WHERE id IN (
        SELECT id FROM django_tasks_database_dbtaskresult
        WHERE task_path LIKE '%send_link' ORDER BY enqueued_at LIMIT 2
    )
"""
"""Their process is gone."""
ALL_CHANGED = "UPDATE search_change SET version = version + 1"
ON_THE_WIRE = "SELECT id FROM practices_queuedmail WHERE due_at > now() + interval '5 minutes'"
FOLLOWERS, MEMBERS = 3, 4


@contextmanager
def held(site: Site, *queries: str) -> Iterator["psycopg.Connection[Any]"]:
    """Keep the rows that are found locked."""
    with psycopg.connect(site.database) as transaction:
        for query in queries:
            found = transaction.execute(f"{query} FOR UPDATE SKIP LOCKED").fetchall()
            assert len(found) == 1, query
        yield transaction
        transaction.rollback()


@dataclass
class Holder(Mailbox):
    """A mail server whose first mail is held by somebody while it is on the wire."""

    site: Site | None = None
    holds: list["psycopg.Connection[Any]"] = field(default_factory=list)

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a mail; of the first one hold the row."""
        if not self.holds:
            self.holds.append(await asyncio.to_thread(self._hold))
        return await super().handle_DATA(*given)

    def _hold(self) -> "psycopg.Connection[Any]":
        assert self.site
        transaction = psycopg.connect(self.site.database)
        assert len(transaction.execute(f"{ON_THE_WIRE} FOR UPDATE").fetchall()) == 1
        return transaction


def left(site: Site) -> list[str]:
    return sorted(state for state in site.rows(TASKS) if state != "SUCCESSFUL")


def test_what_is_held_comes_afterwards_and_all_else_goes_on(grown_site: Site) -> None:
    site = MailingSite(grown_site.folder, free_port())
    site.tell("follow", str(FOLLOWERS), "Ontbijt")
    assert site.tell("mail_followers", "0") == str(FOLLOWERS)
    site.tell("make_accounts", str(MEMBERS))
    with psycopg.connect(site.database) as transaction:
        assert transaction.execute(TWO_LEFT).rowcount == 2
        assert transaction.execute(ALL_CHANGED).rowcount >= 2
    with mail_server(site.port, Holder(site=site)) as (mailbox, _port), worker(site) as process:
        assert isinstance(mailbox, Holder)
        with held(site, *ONE_OF_EACH):
            until(lambda: len(mailbox.recipients) == FOLLOWERS + MEMBERS - 3)
            until(lambda: site.pending() == 1)
            until(lambda: left(site) == ["READY", "RUNNING"])
            assert site.rows(WAITING) == [2], "one is held, one was held while it was sent"
        until(lambda: left(site) == [])
        until(lambda: len(mailbox.recipients) == FOLLOWERS + MEMBERS)
        mailbox.holds[0].close()
        until(lambda: site.rows(WAITING) == [0])
        until(lambda: site.pending() == 0)
        assert process.poll() is None
    assert set(mailbox.times.values()) == {1}
    must_be_equal(site)
