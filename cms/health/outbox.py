"""What still has to reach each index, and what is wrong with it, with two small queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q

from search import clock
from search.indexing.forgetting import own
from search.models import Change, Follower

GONE = timedelta(minutes=10)
"""The index of another machine that nobody saw for so long is no concern: it was taken away."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one follower still has to get."""

    follower: str
    waiting: int
    age: int
    """Seconds since the oldest that waits was recorded; 0 where nothing waits."""
    set_aside: int
    """Refused so often that a person has to look at them."""
    is_alarming: bool = False
    """Whether a person has to settle something: see `search_status`."""
    is_incomplete: bool = False
    """Whether it was not built since it follows."""


def backlogs() -> list[Backlog]:
    """All followers, apart from those of other machines that are gone."""
    now = clock.now()
    waiting = Q(is_set_aside=False)
    rows = (
        Change.objects.filter(version__gt=F("delivered"))
        .order_by()
        .values("follower")
        .annotate(
            waiting=Count("id", filter=waiting),
            oldest=Min("recorded_at", filter=waiting),
            set_aside=Count("id", filter=~waiting),
        )
    )
    left = {row["follower"]: row for row in rows}
    known = {row.name: row for row in Follower.objects.all()}
    alive = {name for name, row in known.items() if row.seen_at >= now - GONE}
    return [_backlog(name, known.get(name), left.get(name), now) for name in sorted(alive | own())]


def _backlog(name: str, row: Follower | None, left: Any, now: datetime) -> Backlog:
    return Backlog(
        name,
        waiting=left["waiting"] if left else 0,
        age=_age(left["oldest"], now) if left else 0,
        set_aside=left["set_aside"] if left else 0,
        is_alarming=bool(row and row.alarm),
        is_incomplete=bool(row and not row.is_current),
    )


def _age(since: datetime | None, now: datetime) -> int:
    return int((now - since).total_seconds()) if since else 0
