"""Mail servers that say nothing, are away or come back, under a real gunicorn that gets killed."""

import os
import re
import signal
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.conftest import Site, give_static_files
from tests.faults.gunicorn import Answer, Gunicorn, free_port
from tests.faults.test_deliveries import until, worker
from tests.faults.test_followers_mailed import MailingSite
from tests.faults.test_pdf_killed import kill_with_children
from tests.mail_server import LONG, MurmuringServer, SilentServer, mail_server

pytestmark = pytest.mark.fault

TIMES = 10
WAITING = "SELECT count(*) FROM practices_queuedmail"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def follow(server: Gunicorn, number: int) -> Answer:
    """Ask to follow everything, as a visitor of its own does."""
    form = server.ask("/volgen/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', form.text)
    assert token, form.status
    data = {"csrfmiddlewaretoken": token[1], "email": f"v{number}@example.nl", "frequency": "week"}
    cookie = form.headers["set-cookie"].partition(";")[0]
    return server.ask("/volgen/", {**FORM, "Cookie": cookie}, "POST", urlencode(data))


@pytest.fixture
def mailing(any_site: Site) -> MailingSite:
    """A site whose mail server a test starts, or not."""
    site = MailingSite(any_site.folder, free_port())
    give_static_files(site.folder)
    return site


def test_a_silent_mail_server_holds_up_nobody_and_loses_nothing(mailing: MailingSite) -> None:
    with Gunicorn(mailing.folder, mailing.environment) as server:
        with SilentServer(mailing.port) as silent:
            quick = max(server.ask("/praktijken/").seconds for _ in range(4))
            begun = time.monotonic()
            for number in range(TIMES):
                assert follow(server, number).headers["location"] == "/volgen/verstuurd/"
            assert time.monotonic() - begun < 20 * quick * TIMES + 10
            until(lambda: len(silent.taken) >= 2)
            for _ in range(2 * TIMES):
                assert server.ask("/praktijken/").status == 200
            assert mailing.rows(WAITING) == [TIMES]
        kill_with_children(server)
    with mail_server(mailing.port) as (mailbox, _port):
        mailing.tell("let_mails_be_due")
        with Gunicorn(mailing.folder, mailing.environment):
            until(lambda: mailing.rows(WAITING) == [0])
    assert sorted(mailbox.recipients) == sorted(f"v{number}@example.nl" for number in range(TIMES))


def test_a_mail_server_that_says_a_byte_now_and_then_is_left_while_all_else_goes_on(
    embedded_site: Site,
) -> None:
    with MurmuringServer() as murmuring:
        site = MailingSite(embedded_site.folder, murmuring.port)
        give_static_files(site.folder)
        with Gunicorn(site.folder, site.environment) as server:
            for number in range(2):
                assert follow(server, number).status == 302
            # The second connection is taken when the first was left.
            until(lambda: len(murmuring.said) >= 2)
            assert 0 < murmuring.said[0] < LONG
            assert server.ask("/praktijken/").status == 200
    assert site.rows(WAITING) == [2]


def test_a_server_whose_master_is_killed_leaves_what_the_next_one_sends(
    embedded_site: Site,
) -> None:
    site = MailingSite(embedded_site.folder, free_port())
    give_static_files(site.folder)
    with Gunicorn(site.folder, site.environment) as server:
        assert follow(server, 0).status == 302
        master = server.process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        os.kill(master, signal.SIGKILL)
        until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in workers))
    with mail_server(site.port) as (mailbox, _port):
        site.tell("let_mails_be_due")
        with Gunicorn(site.folder, site.environment):
            until(lambda: mailbox.recipients == ["v0@example.nl"])


def test_a_worker_sends_what_web_servers_queued_before_they_went(grown_site: Site) -> None:
    site = MailingSite(grown_site.folder, free_port())
    site.tell("follow", "3", "Ontbijt")
    site.tell("mail_followers", "0")
    with worker(site), mail_server(site.port) as (mailbox, _port):
        until(lambda: site.rows(WAITING) == [0], seconds=120)
    assert len(mailbox.recipients) == len(set(mailbox.recipients)) == 3
