"""Followers whose machines are gone: they are forgotten, with all that waits for them."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef

from search import clock
from search.documents import registered
from search.engines import followers as own_followers
from search.models import Change, Follower

GONE = timedelta(days=2)
"""Nobody saw it for so long: a machine that was off over a weekend builds its index anew."""
ALIVE = timedelta(minutes=5)
"""Whoever was seen within this time would be back at once."""
AT_ONCE = 5_000
"""So many changes go in one statement, so that nobody who publishes waits for it."""


def own() -> set[str]:
    """The followers that this machine delivers to."""
    return {engine.follower for index in registered() for engine in own_followers(index)}


def drop_gone() -> list[str]:
    """Forget followers that nobody saw for two days, but never one of this machine; their names.

    Changes that are left of one go too.
    """
    long_ago = clock.now() - GONE
    gone = Follower.objects.filter(seen_at__lt=long_ago).exclude(name__in=own())
    names = sorted(gone.values_list("name", flat=True))
    known = Follower.objects.filter(name=OuterRef("follower"))
    lost = Change.objects.filter(~Exists(known), recorded_at__lt=long_ago).exclude(
        follower__in=own()
    )
    left = set(lost.order_by().values_list("follower", flat=True).distinct())
    forget([*names, *sorted(left - set(names))])
    return names


def forget(names: Sequence[str]) -> int:
    """Forget followers with their changes; how many changes that were.

    First the followers, so that nothing more is recorded for them; interrupted, `drop_gone` goes
    on.
    """
    Follower.objects.filter(name__in=names).delete()
    changes = Change.objects.filter(follower__in=names)
    count = 0
    while some := changes.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        count += changes.filter(pk__lte=max(some)).delete()[0]
    return count
