"""The queue in the database: a mail is part of the transaction that asks for it."""

from collections.abc import Callable
from email.utils import formatdate
from functools import partial
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives, make_msgid
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models.functions import Now

from practices.models import QueuedMail

FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")

_woken: list[Callable[[], object]] = []
"""What is told, in this process, that a mail waits."""


def put(message: EmailMessage, *, kind: str = "", key: int | None = None) -> None:
    """Keep a mail until it is sent; it goes with the transaction, or not at all.

    Raises `ValueError` for a mail with files, of which there are none.
    """
    content = as_data(message)
    QueuedMail.objects.create(kind=kind, key=key, content=content, made_at=Now(), due_at=Now())
    for wake in _woken:
        transaction.on_commit(partial(wake), robust=True)


def take_back(*, kind: str, key: int) -> None:
    """Let mails of this kind, about this, be sent no more; one that is on its way may arrive."""
    QueuedMail.objects.filter(kind=kind, key=key, given_up_at=None).delete()


def wakes(wake: Callable[[], object]) -> None:
    """Call this after each commit that brought a mail."""
    if wake not in _woken:
        _woken.append(wake)


def as_data(message: EmailMessage) -> dict[str, Any]:
    """A mail as JSON.

    Its id and date are those of now: a server that gets it twice can see that it is one.
    """
    if message.attachments:
        raise ValueError("A mail with files can't be queued.")
    data: dict[str, Any] = {name: _plain(getattr(message, name)) for name in FIELDS}
    own = {"Message-ID": make_msgid(domain=str(DNS_NAME)), "Date": formatdate(localtime=True)}
    given = {str(name): str(value) for name, value in message.extra_headers.items()}
    data["headers"] = own | given
    alternatives = getattr(message, "alternatives", None) or []
    data["alternatives"] = [[str(content), str(kind)] for content, kind in alternatives]
    return data


def as_message(data: dict[str, Any], connection: Any) -> EmailMessage:
    """The mail that was kept, to be sent over a connection."""
    values = {name: data[name] for name in FIELDS}
    more = {"headers": data["headers"], "connection": connection}
    if not data["alternatives"]:
        return EmailMessage(**values, **more)
    message = EmailMultiAlternatives(**values, **more)
    for content, kind in data["alternatives"]:
        message.attach_alternative(content, kind)
    return message


def _plain(value: Any) -> Any:
    """Texts, of which Django's may be lazy, and lists of them."""
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else str(value)
