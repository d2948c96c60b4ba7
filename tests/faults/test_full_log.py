"""Whatever is logged meets a full disk: visitors are served, and all that is queued is done.

`/dev/full` takes nothing, as a disk without room; nobody needs the right to mount one for it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import ROOT, Site, give_static_files
from tests.faults.gunicorn import Gunicorn, free_port
from tests.faults.test_deliveries import must_be_equal, until
from tests.faults.test_followers_mailed import MailingSite
from tests.faults.test_mails import WAITING, follow
from tests.mail_server import mail_server

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no /dev/full."),
]

FULL = Path("/dev/full")
ANSWERS = {"/praktijken/": 200, "/": 200, "/bestaat/niet/": 404, "/volgen/bevestig/onzin/": 404}


class TalkativeSite(MailingSite):
    """It logs all that it can."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {**super().environment, "LOG_LEVEL": "INFO", "LOG_FORMAT": "json"}


@contextmanager
def unheard_worker(site: Site) -> Iterator["subprocess.Popen[bytes]"]:
    with FULL.open("w") as full:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT,
            env=site.environment,
            stdout=full,
            stderr=full,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_who_cannot_log_anything_goes_on(grown_site: Site) -> None:
    site = TalkativeSite(grown_site.folder, free_port())
    give_static_files(site.folder)
    server = Gunicorn(site.folder, site.environment)
    server.output = FULL
    with server, unheard_worker(site) as process:
        assert {page: server.ask(page).status for page in ANSWERS} == ANSWERS
        # No mail server yet: who tries logs that.
        assert follow(server, 0).status == 302
        assert site.script("publish_and_die_after_the_commit", "Ontbijt") == -9
        until(lambda: server.ask("/praktijken.json").json()["total"] == 2)
        until(lambda: site.rows("SELECT max(attempts) FROM practices_queuedmail") > [0])
        with mail_server(site.port) as (mailbox, _port):
            site.tell("let_mails_be_due")
            until(lambda: site.rows(WAITING) == [0])
        assert len(mailbox.recipients) == 1
        assert process.poll() is None
    must_be_equal(site)
