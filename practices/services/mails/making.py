"""Mails of the site: plain text, to one address."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django_tasks import TaskContext

from practices.addresses import site_address, site_name
from practices.models import users
from practices.services.mails.queue import put
from search.tasks import note_done

AUTOMATIC = {"Auto-Submitted": "auto-generated"}
"""What tells programs that answer mail by themselves that nobody wrote this one."""
LONGEST_SUBJECT = 200

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


def signature() -> dict[str, str]:
    """What a mail says of the site it comes from: its name, and its address as `site`."""
    return {"site_name": site_name(), "site": site_address()}


def mail_user(context: TaskContext, make: Maker, kind: str, key: int, user: int) -> None:
    """Put the mail in the queue that `make` makes for a user, if both are still there.

    In the language of the site, by a task of which the context is given: whoever does the task
    again, because somebody was killed while doing it, puts no second mail there.
    """
    recipient = users.reachable(users.people()).filter(pk=user, is_active=True).first()
    with translation.override(settings.LANGUAGE_CODE):
        message = recipient and make(kind, key, recipient)
    if message:
        with transaction.atomic():
            put(message, kind=kind, key=key)
            note_done(context)
