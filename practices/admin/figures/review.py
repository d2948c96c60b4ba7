"""What was submitted and decided, read from the review; a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from statistics import median
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from practices.admin.figures.months import Period, later, midnight
from practices.models import HistoryEntry, PracticePage, ReviewTaskState
from practices.services.moderation.working_days import TARGET, working_days

Status = ReviewTaskState


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """What happened in one month."""

    month: date
    submitted: int
    published: int
    updated: int
    changes_asked: int


@dataclass(frozen=True, slots=True)
class DecisionTimes:
    """How long the decisions of one month took, in working days; None where there were none."""

    month: date
    decisions: int
    median: float | None
    slowest_tenth: int | None
    within_target: int | None
    """The share within the target, in whole per cents."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One request for changes: the editor's text, and the points that were not ticked."""

    review_id: int
    decided_at: datetime
    title: str
    text: str
    missing: tuple[str, ...]


def month_counts(period: Period) -> list[MonthCounts]:
    """For each month what was submitted, published, updated and sent back; four queries.

    Published is public for the first time, whoever brought it; an update is a new version of what
    was public.
    """
    updates = HistoryEntry.objects.filter(kind=HistoryEntry.Kind.UPDATED)
    refused = _submissions().filter(status=Status.STATUS_REJECTED)
    columns = [
        _by_month(_submissions(), "started_at", period),
        _by_month(PracticePage.objects.filter(live=True), "first_published_at", period),
        _by_month(updates, "happened_at", period),
        _by_month(refused, "finished_at", period),
    ]
    return [MonthCounts(month, *(column[month] for column in columns)) for month in period.months]


def decision_times(period: Period) -> list[DecisionTimes]:
    """How long decisions took, by the month of the decision; one query."""
    decided = _submissions().filter(
        status__in=(Status.STATUS_APPROVED, Status.STATUS_REJECTED),
        finished_at__gte=period.start,
        finished_at__lt=period.end,
    )
    zone = timezone.get_current_timezone()
    days: dict[date, Counter[tuple[date, date]]] = {}
    for started, finished in decided.values_list("started_at", "finished_at").iterator():
        span = (started.astimezone(zone).date(), finished.astimezone(zone).date())
        days.setdefault(span[1].replace(day=1), Counter())[span] += 1
    return [_times(month, days.get(month, Counter())) for month in period.months]


def missing_points(period: Period) -> tuple[int, Counter[str]]:
    """How many refusals there were, and how often each point was not ticked; one query."""
    lists = list(_refusals(period).values_list("checklist", flat=True))
    return len(lists), Counter(name for points in lists for name in unticked(points))


def refusals(period: Period, most: int | None = None) -> list[Refusal]:
    """The refusals of a period, newest first, all or the first so many; one query."""
    rows = _refusals(period).order_by("-finished_at", "-pk")
    found = rows.values_list("pk", "finished_at", F("revision__object_str"), "comment", "checklist")
    return [
        Refusal(pk, decided_at, title or "", text, unticked(points))
        for pk, decided_at, title, text, points in found[:most]
    ]


def unticked(points: Mapping[str, bool]) -> tuple[str, ...]:
    """The points of a checklist that the editor did not tick, in their order."""
    return tuple(name for name, ticked in points.items() if not ticked)


def nearest_rank(values: Iterable[int], share: float) -> int:
    """The smallest of the values that at least this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _submissions() -> "QuerySet[ReviewTaskState]":
    """The submissions of practices."""
    practice = ContentType.objects.get_for_model(PracticePage)
    found: QuerySet[ReviewTaskState] = ReviewTaskState.objects.filter(
        workflow_state__content_type=practice
    )
    return found


def _refusals(period: Period) -> "QuerySet[ReviewTaskState]":
    return _submissions().filter(
        status=Status.STATUS_REJECTED, finished_at__gte=period.start, finished_at__lt=period.end
    )


def _by_month(rows: "QuerySet[Any]", field: str, period: Period) -> dict[date, int]:
    """How many rows have a moment in each month; compared in SQL, as SQLite truncates slowly."""
    counts = {
        f"month_{number}": Count(
            "pk",
            filter=Q(
                (f"{field}__gte", midnight(month)), (f"{field}__lt", midnight(later(month, 1)))
            ),
        )
        for number, month in enumerate(period.months)
    }
    within = rows.filter(**{f"{field}__gte": period.start, f"{field}__lt": period.end})
    return dict(zip(period.months, within.aggregate(**counts).values(), strict=True))


def _times(month: date, spans: Counter[tuple[date, date]]) -> DecisionTimes:
    if not spans:
        return DecisionTimes(month, 0, None, None, None)
    days = [number for span, times in spans.items() for number in [working_days(*span)] * times]
    on_time = sum(number <= TARGET for number in days)
    return DecisionTimes(
        month, len(days), median(days), nearest_rank(days, 0.9), round(100 * on_time / len(days))
    )
