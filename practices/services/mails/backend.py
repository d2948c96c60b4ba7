"""What Django and Wagtail send goes through the queue too."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from practices.services.mails.queue import put


class QueueBackend(BaseEmailBackend):
    """Puts mails into the queue; nobody waits for a server."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=bool(fail_silently), **kwargs)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue those that have a recipient; how many."""
        kept = [one for one in email_messages if one.recipients()]
        for message in kept:
            put(message)
        return len(kept)
