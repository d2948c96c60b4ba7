"""Mails of the site: plain text, after the commit, and never a reason for anything to fail."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone, translation

AUTOMATIC = {"Auto-Submitted": "auto-generated"}
"""What tells programs that answer mail by themselves that nobody wrote this one."""
MAIL_ERRORS = (OSError, SMTPException)
"""What a server that does not take a mail raises; its answer may hold the address."""
ATTEMPTS = 5
LONGEST_SUBJECT = 200

logger = logging.getLogger(__name__)

Maker = Callable[[str, int, User], EmailMessage | None]


def mail(
    *, to: str, subject: str, body: str, headers: Mapping[str, str] | None = None, **more: Any
) -> EmailMessage:
    """A mail from the site to one address."""
    return EmailMessage(
        # One line, whatever an author put in a title.
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers=dict(headers or {}),
        **more,
    )


def send_to_user(task: Any, make: Maker, kind: str, key: int, user: int, attempt: int) -> None:
    """Send a user the mail that `make` makes in the language of the site, if both are still there.

    Where a worker does the tasks, one that was not sent is tried again: `task` takes the kind, the
    key, the user and the number of the attempt.
    """
    recipient = User.objects.filter(pk=user, is_active=True).exclude(email="").first()
    with translation.override(settings.LANGUAGE_CODE):
        message = recipient and make(kind, key, recipient)
    if not message:
        return
    try:
        message.send()
    except MAIL_ERRORS as error:
        logger.warning("Mail %s %s was not sent: %s.", kind, key, type(error).__name__)
        if task.get_backend().supports_defer and attempt < ATTEMPTS:
            later = timezone.now() + timedelta(minutes=2**attempt)
            task.using(run_after=later).enqueue(kind, key, user, attempt + 1)
