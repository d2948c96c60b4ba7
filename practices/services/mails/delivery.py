"""Sends what waits: each mail at least once, and twice only what was on the wire in a kill.

A mail is taken for some minutes before it is sent, and its row goes right after; so of two
processes one sends it, and what a killed one left is taken up again.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from practices.models import QueuedMail
from practices.services.mail_record import note_mail
from practices.services.mails import outcomes
from practices.services.mails.failures import is_of_server, is_refusal, reason
from practices.services.mails.queue import as_message
from search import clock

SECONDS = 10
"""So long a mail server may be silent, where the setting EMAIL_TIMEOUT says nothing."""
UNLIMITED = "django.core.mail.backends.smtp.EmailBackend"
LIMITED = "practices.services.mails.smtp.EmailBackend"
"""Takes its place: the time-out of Django's own is for one byte, not for a mail."""
TAKEN = timedelta(minutes=10)
"""So long nobody else takes a mail; no sending takes longer."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
TRIED = timedelta(days=5)
"""So long a mail is tried (RFC 5321, 4.5.4.1: at least four to five days)."""
REFUSALS, REFUSED_PAUSE = 3, timedelta(hours=1)
"""What a server will never take is tried so often all the same: it may mistake us for others."""
REMEMBERED = timedelta(days=14)
"""So long it is known that a mail was given up."""

logger = logging.getLogger(__name__)

_unnoted: set[int] = set()
"""What this process sent, of which the row could not be removed yet: it sends it no more."""


class ServerAwayError(Exception):
    """The mail server takes no mail at this moment, whichever it is."""


def deliver_due(should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one after another; how many were sent.

    Raises `ServerAwayError` where the mail server takes nothing: all stays for later.
    """
    _note_sent()
    sent, connection = 0, _connection()
    try:
        while not should_stop() and (row := _take()):
            sent += _send(row, connection)
    finally:
        _close(connection)
    return sent


def send_now(message: EmailMessage) -> bool:
    """Send a mail while somebody waits for it, for some seconds; whether that went well.

    For who has another way where it does not; nothing is queued.
    """
    message.connection = _connection()
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 (whoever waits hears that it did not go)
        # Without the traceback: the server's answer may hold the address.
        logger.error("A mail was not sent at once: %s.", reason(error))
        note_mail(is_sent=False)
        return False
    note_mail(is_sent=True)
    return True


def backend() -> str:
    """The backend of Django that brings mails to a server."""
    return getattr(settings, "EMAIL_DELIVERY_BACKEND", None) or settings.EMAIL_BACKEND


def waiting() -> QuerySet[QueuedMail]:
    """What is still to be sent."""
    return QueuedMail.objects.filter(given_up_at=None)


def forget() -> None:
    """Forget what was given up long ago."""
    QueuedMail.objects.filter(given_up_at__lt=clock.now() - REMEMBERED).delete()


def _connection() -> Any:
    chosen = backend()
    return get_connection(
        LIMITED if chosen == UNLIMITED else chosen, timeout=settings.EMAIL_TIMEOUT or SECONDS
    )


def _take() -> QueuedMail | None:
    due = waiting().filter(due_at__lte=Now()).order_by("due_at", "pk").exclude(pk__in=_unnoted)
    # SQLite has one writer at a time, who is not asked for nothing.
    if not due.exists():
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is not None:
            _try_later(row, TAKEN)
    return row


def _try_later(row: QueuedMail, pause: timedelta, **changed: object) -> None:
    """By the clock of the database, so that no machine whose own is wrong holds up mails."""
    QueuedMail.objects.filter(pk=row.pk).update(due_at=Now() + pause, **changed)


def _send(row: QueuedMail, connection: Any) -> bool:
    try:
        # Else every mail has a connection of its own.
        connection.open()
        connection.send_messages([as_message(row.content, connection)])
    except Exception as error:  # noqa: BLE001 (whatever is wrong with one mail holds up no other)
        _close(connection)
        _fail(row, error)
        if is_of_server(error):
            note_mail(is_sent=False)
            raise ServerAwayError(reason(error)) from None
        return False
    _unnoted.add(row.pk)
    _note_sent()
    note_mail(is_sent=True)
    return True


def _note_sent() -> None:
    """Let go of what a server has; whoever holds a row of it longer is not waited for."""
    for key in list(_unnoted):
        with transaction.atomic():
            mine = QueuedMail.objects.filter(pk=key)
            row = mine.select_for_update(skip_locked=True).first()
            if row is not None:
                row.delete()
                outcomes.tell_sent(row.kind, row.key)
            elif mine.exists():
                continue
        _unnoted.discard(key)


def _fail(row: QueuedMail, error: Exception) -> None:
    """Put it off, or give it up."""
    row.attempts += 1
    row.refusals += is_refusal(error)
    row.reason = reason(error)
    if row.refusals >= REFUSALS or clock.now() - row.made_at > TRIED:
        _give_up(row)
        return
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE)
    _try_later(
        row,
        REFUSED_PAUSE if is_refusal(error) else pause,
        attempts=row.attempts,
        refusals=row.refusals,
        reason=row.reason,
    )
    # Without the traceback: the server's answer may hold the address.
    logger.warning("Mail %s (%s) was not sent yet: %s.", row.pk, row.kind, row.reason)


def _give_up(row: QueuedMail) -> None:
    row.given_up_at, row.content = clock.now(), {}
    with transaction.atomic():
        row.save()
        outcomes.tell_given_up(row.kind, row.key)
    logger.error("Mail %s (%s) was given up: %s.", row.pk, row.kind, row.reason)


def _close(connection: Any) -> None:
    with suppress(OSError):  # smtplib's errors are such, too
        connection.close()
