"""How often one address may ask: counted over all processes, with few writes.

A process takes turns from the database by several at a time and gives them out from memory, so a
request writes seldom, and one that is refused does not reach the database. The limit is never
exceeded; whoever asks several processes at once may be refused a few turns early. Where the
database can't count, each process counts alone.
"""

import logging
from dataclasses import dataclass
from threading import Lock
from time import time

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from practices.limits import client_address
from practices.models import ApiTurns
from search.throttle import Throttle

logger = logging.getLogger(__name__)
_lines = Throttle()

WINDOW = 60
"""Seconds."""
DEFAULT = 120
PARTS = 12
"""In so many parts at least a process takes the turns of somebody."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a request is answered, how many may follow, and in how many seconds all come back."""

    is_given: bool
    limit: int
    remaining: int
    seconds: int


@dataclass(slots=True)
class _Held:
    """What this process may still give out to somebody in this window."""

    free: int
    """What nobody had taken when the database was last asked; below one, nobody asks it again."""
    left: int = 0


class Limit:
    """Gives out the turns of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0
        self._held: dict[str, _Held] = {}

    def take(self, request: HttpRequest) -> Turn | None:
        """A turn for whoever asks; None where the site has no limit."""
        limit: int = getattr(settings, "API_LIMIT", DEFAULT)
        if limit < 1:
            return None
        window, passed = divmod(int(time()), WINDOW)
        who = salted_hmac(
            "practices.api", f"{window}:{client_address(request)}", algorithm="sha256"
        ).hexdigest()
        wanted = max(1, limit // PARTS)
        with self._lock:
            if window != self._window:
                self._window, self._held = window, {}
            held = self._held.setdefault(who, _Held(free=limit))
            is_empty = held.left < 1 and held.free > 0
        # Without the lock, so that nobody else waits for the database.
        taken = _count(who, window, wanted) if is_empty else None
        with self._lock:
            if is_empty:
                before = limit - held.free if taken is None else taken - wanted
                held.left += max(0, min(wanted, limit - before))
                held.free = min(held.free, limit - before - wanted)
            is_given = held.left > 0
            held.left -= is_given
            remaining = held.left + max(held.free, 0)
        return Turn(is_given, limit, remaining, WINDOW - passed)

    def forget(self) -> None:
        """Give back what this process holds: for tests, whose databases go back."""
        with self._lock:
            self._held = {}


def _count(who: str, window: int, wanted: int) -> int | None:
    """How many turns were taken by now, with those that are wanted; None where nothing counts."""
    try:
        return ApiTurns.take(who, window, wanted)
    except (OperationalError, InterfaceError, InternalError) as error:
        if count := _lines.passes():
            logger.warning("Requests were not counted: %d. %s", count, type(error).__name__)
        return None


turns = Limit()


def forget_old() -> None:
    """Remove the counts of windows that are over."""
    ApiTurns.objects.filter(minute__lt=int(time()) // WINDOW).delete()
