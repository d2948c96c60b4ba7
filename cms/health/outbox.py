"""What still has to reach each index, with two small queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from search.models import Change, Follower

GONE = timedelta(hours=1)
"""The standby of a machine that nobody saw for so long is no concern: it was taken away."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one follower still has to get."""

    follower: str
    waiting: int
    age: int
    """Seconds since the oldest that waits was recorded; 0 where nothing waits."""
    set_aside: int
    """Refused so often that a person has to look at them."""


def backlogs() -> list[Backlog]:
    """All followers, apart from standbys of machines that are gone."""
    now = timezone.now()
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
    found = {
        row["follower"]: Backlog(
            row["follower"], row["waiting"], _age(row["oldest"], now), row["set_aside"]
        )
        for row in rows
    }
    for name, seen_at in Follower.objects.values_list("name", "seen_at"):
        found.setdefault(name, Backlog(name, 0, 0, 0))
        if "@" in name and seen_at < now - GONE:
            del found[name]
    return sorted(found.values(), key=lambda one: one.follower)


def _age(since: datetime | None, now: datetime) -> int:
    return int((now - since).total_seconds()) if since else 0
