"""Who follows the outbox: registration, failures, and leases to rebuild."""

import logging
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar, Protocol

from django.db import connection, transaction
from django.db.models import Q

from search import clock
from search.documents import Index
from search.engines import followers as own_followers
from search.engines.base import Engine, EngineError
from search.indexing import pauses
from search.models import Follower

REGISTRATION = 7_304_519
"""The number of PostgreSQL's advisory lock between recording and registering; made up."""
PATIENCE = 30.0
"""Seconds that a registration waits for a moment without running transactions."""
SEEN = timedelta(minutes=1)
LEASE = timedelta(minutes=2)
TOLD_EACH = 60 // pauses.LONGEST
"""So many failures come about a minute apart."""

logger = logging.getLogger(__name__)


class Following(Protocol):
    """What follows the outbox: an engine, or what is made beside it."""

    is_local: ClassVar[bool]

    @property
    def follower(self) -> str:
        """The name under which it follows."""


class LeaseError(EngineError):
    """Another process builds this index anew."""


def names(index: Index) -> list[str]:
    """The followers that a change of the running transaction must be recorded for.

    Until its end nobody registers another, on PostgreSQL; SQLite has one transaction at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [REGISTRATION])
    known = Follower.objects.filter(index=index.name).values_list("name", flat=True)
    return sorted({*known, *(engine.follower for engine in own_followers(index))})


def keep(index: Index, engine: Following) -> Follower:
    """The follower of an engine, registered and seen; `is_current` is false when it is new.

    Raises `EngineError` if running transactions left no moment to register it.
    """
    row = Follower.objects.filter(name=engine.follower).first()
    if row is None:
        row = _register(index, engine)
    now = clock.now()
    if row.seen_at < now - SEEN or clock.is_from_a_wrong_clock(row.seen_at, now):
        Follower.objects.filter(pk=row.pk).update(seen_at=now)
    return row


def _register(index: Index, engine: Following) -> Follower:
    """Make the row at a moment when no transaction may have overlooked it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with transaction.atomic():
            if _nobody_records():
                row, _is_new = Follower.objects.get_or_create(
                    name=engine.follower, defaults={"index": index.name, "seen_at": clock.now()}
                )
                return row
        time.sleep(0.05)
    raise EngineError(f"{engine.follower} could not be registered: a transaction runs too long.")


def _nobody_records() -> bool:
    """Tried, never waited for: whoever waits for it holds up all publications behind it."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REGISTRATION])
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def pause(row: Follower, error: EngineError) -> None:
    """Leave an engine that failed alone, in this process; tell it once in a while."""
    if pauses.begin(row.name) % TOLD_EACH == 0:
        logger.warning("Changes for %s stay pending: %s", row.name, error)
        told = f"{platform.node()}: {error}"
        Follower.objects.filter(pk=row.pk).update(error=told, failed_at=clock.now())


def resume(row: Follower) -> None:
    """Note that the engine can be reached."""
    if pauses.end(row.name):
        logger.warning("%s can be reached again.", row.name)
        Follower.objects.filter(pk=row.pk).update(error="", failed_at=None)


def set_current(engine: Following, *, is_current: bool) -> None:
    """Note whether the index has all that happened before it followed."""
    Follower.objects.filter(name=engine.follower).update(is_current=is_current)


def set_alarm(engine: Engine, alarm: str) -> None:
    """Note what only a person can settle; an empty text where it is settled."""
    rows = Follower.objects.filter(name=engine.follower)
    rows.exclude(alarm=alarm).update(alarm=alarm)


@contextmanager
def lease(engine: Following) -> Iterator[Callable[[], None]]:
    """The right to rebuild an index that machines share; gives a function that prolongs it.

    Raises `LeaseError` if another process has it. The embedded engine has a lock of its own,
    which falls at once with its process.
    """
    if engine.is_local:
        yield lambda: None
        return
    rows = Follower.objects.filter(name=engine.follower)
    now = clock.now()
    held = now + LEASE
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=held + clock.SLACK)
    if not rows.filter(free).update(leased_until=held):
        raise LeaseError(f"{engine.follower} is being rebuilt by another process.")

    def prolong() -> None:
        nonlocal held
        longer = clock.now() + LEASE
        if not rows.filter(leased_until=held).update(leased_until=longer):
            raise LeaseError(f"{engine.follower} is being rebuilt by another process by now.")
        held = longer

    try:
        yield prolong
    finally:
        rows.filter(leased_until=held).update(leased_until=None)
