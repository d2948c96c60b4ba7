"""Followers are told of each practice once, also when the process that mails is killed."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.faults.conftest import Site
from tests.faults.gunicorn import free_port

pytestmark = pytest.mark.fault

FOLLOWERS = 30


@dataclass
class Killer:
    """A mail server that kills whoever mails, at the recipient of a certain mail."""

    at: int = -1
    process: "subprocess.Popen[str] | None" = None
    mails: list[str] = field(default_factory=list)
    begun: int = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient, or kill who names it."""
        self.begun += 1
        if self.begun == self.at and self.process:
            os.kill(self.process.pid, signal.SIGKILL)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (likewise)
        """Take a mail."""
        self.mails += envelope.rcpt_tos
        return "250 OK"


@dataclass(frozen=True)
class MailingSite(Site):
    """A site whose mails go to a server of the test."""

    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {**super().environment, "EMAIL_URL": f"smtp://127.0.0.1:{self.port}"}


@pytest.fixture
def killer() -> Iterator[tuple[Killer, int]]:
    server, port = Killer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server, port
    finally:
        controller.stop()


@pytest.mark.parametrize("at", [1, 17])
def test_killed_while_mailing_everybody_is_told_once(
    any_site: Site, killer: tuple[Killer, int], at: int
) -> None:
    server, port = killer
    site = MailingSite(any_site.folder, port)
    site.tell("follow", str(FOLLOWERS), "Ontbijt")
    server.at = at
    server.process = site.start("-m", "tests.faults.scripts", "mail_followers", "0")
    server.process.communicate(timeout=120)
    assert server.process.returncode == -signal.SIGKILL
    assert len(server.mails) == at - 1
    assert site.tell("mail_followers", "11") == str(FOLLOWERS - at + 1)
    every = Counter(server.mails)
    assert every == Counter(f"volger{one}@example.nl" for one in range(FOLLOWERS))


def test_two_that_mail_at_once_mail_nobody_twice(
    any_site: Site, killer: tuple[Killer, int]
) -> None:
    server, port = killer
    site = MailingSite(any_site.folder, port)
    site.tell("follow", str(FOLLOWERS), "Ontbijt")
    mailers = [site.start("-m", "tests.faults.scripts", "mail_followers", "0") for _ in range(2)]
    told = [int(one.communicate(timeout=120)[0].strip()) for one in mailers]
    assert sum(told) == len(server.mails) == len(set(server.mails)) == FOLLOWERS
