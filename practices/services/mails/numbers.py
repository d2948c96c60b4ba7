"""How many mails wait, and how many were given up."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min, Q

from practices.models import QueuedMail
from search import clock

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the queue holds."""

    waiting: int
    oldest: int
    """Seconds since the oldest that waits was written; 0 where none waits."""
    given_up: int
    """In the last two weeks."""
    given_up_lately: int
    """Within a day."""


def numbers() -> Numbers:
    """The numbers of now, in one query."""
    now = clock.now()
    waits = Q(given_up_at=None)
    found = QueuedMail.objects.aggregate(
        waiting=Count("pk", filter=waits),
        oldest=Min("made_at", filter=waits),
        given_up=Count("pk", filter=~waits),
        lately=Count("pk", filter=Q(given_up_at__gt=now - LATELY)),
    )
    age = int((now - found["oldest"]).total_seconds()) if found["oldest"] else 0
    return Numbers(found["waiting"], max(0, age), found["given_up"], found["lately"])
