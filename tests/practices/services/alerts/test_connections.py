"""Mailing followers over a real connection: one for many mails, a new one when it broke."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from pytest_django import Settings

from practices.indexes.practices import PRACTICES
from practices.models import Subscription
from practices.services.alerts.sending import Round
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, SiteTree
from tests.faults.gunicorn import free_port

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class MailServer:
    """Counts connections, and ends the one over which the mail of a certain number comes."""

    def __init__(self) -> None:
        self.connections = self.begun = 0
        self.breaks_at = -1
        self.mails: list[str] = []

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, session: Any, _envelope: Any, host: str, responses: list[str]
    ) -> list[str]:
        """Count a connection."""
        self.connections += 1
        session.host_name = host
        return responses

    async def handle_RCPT(  # noqa: N802 (likewise)
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient, or end the connection."""
        self.begun += 1
        if self.begun == self.breaks_at:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (likewise)
        """Take a mail."""
        self.mails += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    handler, port = MailServer(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@pytest.fixture
def followers(site_tree: SiteTree) -> list[str]:
    """Five addresses that follow everything, and a new practice."""
    past = timezone.now() - timedelta(days=1)
    addresses = [f"volger{number}@example.nl" for number in range(5)]
    for address in addresses:
        Subscription.objects.create(email=address, confirmed_at=past, due_at=past, query="")
    PracticePageFactory(first_published_at=timezone.now())
    rebuild(PRACTICES)
    return addresses


def test_many_mails_go_over_one_connection(server: MailServer, followers: list[str]) -> None:
    assert sum(Round(timezone.now())) == 5
    assert sorted(server.mails) == followers
    assert server.connections == 1


def test_after_a_connection_that_broke_the_others_are_mailed_over_a_new_one(
    server: MailServer, followers: list[str]
) -> None:
    server.breaks_at = 2
    assert sum(Round(timezone.now())) == 4
    assert server.connections == 2
    assert sum(Round(timezone.now() + timedelta(minutes=11))) == 1
    assert sorted(server.mails) == followers, "each is told once"
