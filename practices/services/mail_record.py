"""Remembers whether mails get out: who administers the site is told when they do not."""

from datetime import timedelta

from django.db import DatabaseError
from django.db.models import F, Q

from practices.models import MailRecord
from search import clock

OFTEN_ENOUGH = timedelta(minutes=10)
"""A mail within this time after another is not noted: mails go out by hundreds."""
ROW = 1


def note_mail(*, is_sent: bool) -> None:
    """Keep that a mail went out just now, or failed to; never a reason for anything to fail."""
    name, other = ("sent_at", "failed_at") if is_sent else ("failed_at", "sent_at")
    now = clock.now()
    is_news = (
        Q(**{f"{name}__isnull": True})
        | Q(**{f"{name}__lt": now - OFTEN_ENOUGH})
        | Q(**{f"{other}__gt": F(name)})
    )
    try:
        MailRecord.objects.get_or_create(pk=ROW)
        MailRecord.objects.filter(is_news, pk=ROW).update(**{name: now})
    except DatabaseError:
        return


def mail_record() -> MailRecord:
    """When a mail last went out and failed; both None on a new site."""
    return MailRecord.objects.filter(pk=ROW).first() or MailRecord()
