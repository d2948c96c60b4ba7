"""What is public: by municipality, format and type, and how old; a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from django.db.models import Count, QuerySet
from django.utils import timezone

from practices.admin.figures.months import Period
from practices.indexes import registers
from practices.models import PracticePage, ReviewReminder
from practices.selectors.retirement import not_archived
from practices.services.moderation.due import (
    MONTHS,
    REMINDERS,
    due_since,
    is_unconfirmed,
    months_after,
)

Counts = list[tuple[str, int]]

HALF_YEARS = (6, 12, 18)
"""In months: where one age ends and the next begins."""


class Age(IntEnum):
    """How long ago a practice was published or confirmed."""

    HALF_YEAR = 0
    YEAR = 1
    YEAR_AND_A_HALF = 2
    TWO_YEARS = 3
    DUE = 4
    """Its author must look at it again."""
    UNCONFIRMED = 5
    """Its author was asked three times; the page says that nobody confirmed it."""


def by_municipality(period: Period) -> Counts:
    """The practices published in a period by municipality, most first; one query."""
    places = registers.current().places
    rows = _published(period).order_by().values_list("municipality")
    return _most_first(
        (places[pk].shown_name if pk in places else "", number)
        for pk, number in rows.annotate(number=Count("pk"))
    )


def by_term(period: Period, field: str) -> Counts:
    """The same by the terms of a field; a practice with two terms counts for both. One query."""
    terms = registers.current().terms
    through = getattr(PracticePage, field).through
    rows = through.objects.filter(practicepage__in=_published(period).values("pk"))
    counted = rows.order_by().values_list("term").annotate(number=Count("pk"))
    return _most_first((terms[pk].label if pk in terms else "", number) for pk, number in counted)


def ages(now: datetime | None = None) -> dict[Age, int]:
    """How many public practices have each age, the archive left out; two queries."""
    moment = now or timezone.now()
    last = len(REMINDERS) - 1
    asked = set(ReviewReminder.objects.filter(number=last).values_list("page", "since"))
    pages = not_archived(PracticePage.objects.filter(live=True)).annotate(since=due_since())
    found = Counter(
        _age(since, moment, was_asked=(pk, since) in asked)
        for pk, since in pages.values_list("pk", "since").iterator()
        if since is not None
    )
    return {age: found[age] for age in Age}


def _age(since: datetime, now: datetime, *, was_asked: bool) -> Age:
    if was_asked and is_unconfirmed(since, now):
        return Age.UNCONFIRMED
    if _is_past(since, MONTHS, now):
        return Age.DUE
    return Age(sum(_is_past(since, months, now) for months in HALF_YEARS))


def _is_past(since: datetime, months: int, now: datetime) -> bool:
    """Whether so many months have passed; the calendar, which takes long, is asked for when near.

    Of six months or more each has 30 to 31 days on average, save two days.
    """
    passed = now - since
    if passed < timedelta(days=30 * months - 3):
        return False
    return passed > timedelta(days=31 * months + 1) or now >= months_after(since, months)


def _published(period: Period) -> "QuerySet[PracticePage]":
    found: QuerySet[PracticePage] = PracticePage.objects.filter(
        live=True, first_published_at__gte=period.start, first_published_at__lt=period.end
    )
    return found


def _most_first(rows: Iterable[tuple[str, int]]) -> Counts:
    """Most first, and by name where that is the same."""
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))
