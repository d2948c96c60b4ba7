"""What still has to reach each index, with one query that an index answers."""

from dataclasses import dataclass

from django.db.models import Count, F, Min
from django.utils import timezone

from search.models import Change


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one follower still has to get."""

    follower: str
    pending: int
    age: int
    """Seconds since the oldest pending change; 0 where nothing waits."""


def backlogs() -> list[Backlog]:
    """The followers for which something is pending."""
    now = timezone.now()
    rows = (
        Change.objects.filter(version__gt=F("delivered"))
        .values("follower")
        .annotate(pending=Count("id"), oldest=Min("recorded_at"))
        .order_by("follower")
    )
    return [
        Backlog(row["follower"], row["pending"], int((now - row["oldest"]).total_seconds()))
        for row in rows
    ]
