"""How often somebody may ask for a new report while typing."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache

TIMES_A_MINUTE = 60
MINUTE = 60


def may_ask(user: User | AnonymousUser) -> bool:
    """Count a turn of this minute; False when all were taken."""
    key = f"practice-checks:{user.pk}"
    if cache.add(key, 1, MINUTE):
        return True
    try:
        return cache.incr(key) <= TIMES_A_MINUTE
    except ValueError:  # the minute ended in between
        return True
