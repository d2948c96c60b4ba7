"""What is public: by municipality, format and type, and how old; a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from django.db.models import Count, QuerySet
from django.utils import timezone

from practices import registers
from practices.figures.months import Period
from practices.models import PracticePage, ReviewReminder
from practices.moderation.due import (
    REMINDERS,
    due_since,
    is_due,
    is_unconfirmed,
    months_after,
)
from practices.moderation.retirement import in_practice

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
    pages = in_practice(PracticePage.objects.filter(live=True)).annotate(since=due_since())
    found = Counter(
        _age(since, moment, was_asked=(pk, since) in asked)
        for pk, since in pages.values_list("pk", "since").iterator()
        if since is not None
    )
    return {age: found[age] for age in Age}


def _age(since: datetime, now: datetime, *, was_asked: bool) -> Age:
    if was_asked and is_unconfirmed(since, now):
        return Age.UNCONFIRMED
    if is_due(since, now):
        return Age.DUE
    return Age(sum(now >= months_after(since, months) for months in HALF_YEARS))


def _published(period: Period) -> "QuerySet[PracticePage]":
    found: QuerySet[PracticePage] = PracticePage.objects.filter(
        live=True, first_published_at__gte=period.start, first_published_at__lt=period.end
    )
    return found


def _most_first(rows: Iterable[tuple[str, int]]) -> Counts:
    """Most first, and by name where that is the same."""
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))
