"""When a published practice must be checked again. Pure, apart from the expression for queries."""

import calendar
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from practices.models import HistoryEntry

MONTHS = 24
REMINDERS = (timedelta(0), timedelta(days=14), timedelta(days=28))
"""How long after the day it is due each mail goes out."""


def due_on(since: datetime) -> datetime:
    """24 months after a publication or confirmation."""
    return months_after(since, MONTHS)


def months_after(since: datetime, months: int) -> datetime:
    """The same time so many months later, on the last day of a shorter month."""
    local = timezone.localtime(since)
    month = local.month - 1 + months
    year, month = local.year + month // 12, month % 12 + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day)


def is_due(since: datetime | None, now: datetime) -> bool:
    """Whether the author must look at it again; what was never published is never due."""
    return since is not None and now >= due_on(since)


def is_unconfirmed(since: datetime | None, now: datetime) -> bool:
    """Whether visitors are told that nobody confirmed it: from the last reminder on."""
    return since is not None and now >= due_on(since) + REMINDERS[-1]


def reminders_due(since: datetime, now: datetime) -> int:
    """How many mails should have gone out by now: 0 to 3."""
    due = due_on(since)
    return sum(now >= due + delay for delay in REMINDERS)


def earliest(now: datetime) -> datetime:
    """What was published or confirmed after this moment cannot be due yet."""
    return now - timedelta(days=MONTHS * 30)


def due_since() -> Any:
    """The last publication or confirmation of a practice, as an expression; null if never."""
    confirmed = HistoryEntry.objects.filter(
        page=OuterRef("pk"), kind=HistoryEntry.Kind.CONFIRMED
    ).order_by("-happened_at")
    last = Coalesce(Subquery(confirmed.values("happened_at")[:1]), F("last_published_at"))
    return Greatest(last, F("last_published_at"))
