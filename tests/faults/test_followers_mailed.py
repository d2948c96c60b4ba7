"""Followers are told of each practice once, also when the process that mails is killed."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults.conftest import Site
from tests.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.fault

FOLLOWERS = 30


@dataclass
class Killer(Mailbox):
    """A mail server that kills whoever mails, at the recipient of a certain mail."""

    at: int = -1
    process: "subprocess.Popen[str] | None" = None

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a recipient, or kill who names it."""
        if self.begun + 1 == self.at and self.process:
            os.kill(self.process.pid, signal.SIGKILL)
        return await super().handle_RCPT(*given)


@dataclass(frozen=True)
class MailingSite(Site):
    """A site whose mails go to a server of the test."""

    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        address = f"smtp://127.0.0.1:{self.port}?timeout=2"
        return {**super().environment, "EMAIL_URL": address}


@pytest.fixture
def killer() -> Iterator[tuple[Killer, int]]:
    with mail_server(mailbox=Killer()) as (server, port):
        assert isinstance(server, Killer)
        yield server, port


@pytest.mark.parametrize("at", [1, 17])
def test_killed_while_mailing_everybody_is_told_once(
    any_site: Site, killer: tuple[Killer, int], at: int
) -> None:
    server, port = killer
    site = MailingSite(any_site.folder, port)
    site.tell("follow", str(FOLLOWERS), "Ontbijt")
    assert site.tell("mail_followers", "0") == str(FOLLOWERS)
    server.at = at
    server.process = site.start("-m", "tests.faults.scripts", "deliver_mails")
    server.process.communicate(timeout=120)
    assert server.process.returncode == -signal.SIGKILL
    assert len(server.recipients) == at - 1
    assert site.tell("deliver_mails") == str(FOLLOWERS - at), "the one on the wire waits a while"
    site.tell("let_mails_be_due")
    assert site.tell("deliver_mails") == "1"
    assert server.times == Counter(f"volger{one}@example.nl" for one in range(FOLLOWERS))


def test_two_that_mail_at_once_mail_nobody_twice(
    any_site: Site, killer: tuple[Killer, int]
) -> None:
    server, port = killer
    site = MailingSite(any_site.folder, port)
    site.tell("follow", str(FOLLOWERS), "Ontbijt")

    def both(*script: str) -> int:
        processes = [site.start("-m", "tests.faults.scripts", *script) for _ in range(2)]
        return sum(int(one.communicate(timeout=120)[0].strip()) for one in processes)

    assert both("mail_followers", "0") == FOLLOWERS
    assert both("deliver_mails") == FOLLOWERS
    assert len(server.recipients) == len(set(server.recipients)) == FOLLOWERS
