from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail_server import Mailbox, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailbox]:
    """A real mail server, to which the site delivers."""
    with mail_server() as (mailbox, port):
        settings.EMAIL_DELIVERY_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield mailbox
