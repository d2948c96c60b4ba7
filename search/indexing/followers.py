"""Who follows the outbox: registration, pauses after failures, and leases to rebuild."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from search.documents import Index
from search.engines import followers as own_followers
from search.engines.base import Engine, EngineError
from search.models import Change, Follower

REGISTRATION = 7_304_519
"""The number of PostgreSQL's advisory lock between recording and registering; made up."""
PATIENCE = 30.0
"""Seconds that a registration waits for a moment without running transactions."""
LONGEST_PAUSE = 10
SEEN = timedelta(minutes=1)
GONE = timedelta(days=14)
LEASE = timedelta(minutes=2)

logger = logging.getLogger(__name__)


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


def keep(index: Index, engine: Engine) -> Follower:
    """The follower of an engine, registered and seen; `is_current` is false when it is new.

    Raises `EngineError` if running transactions left no moment to register it.
    """
    row = Follower.objects.filter(name=engine.follower).first()
    if row is None:
        row = _register(index, engine)
    now = timezone.now()
    if row.seen_at < now - SEEN:
        Follower.objects.filter(pk=row.pk).update(seen_at=now)
    return row


def _register(index: Index, engine: Engine) -> Follower:
    """Make the row at a moment when no transaction may have overlooked it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with transaction.atomic():
            if _nobody_records():
                row, _is_new = Follower.objects.get_or_create(
                    name=engine.follower, defaults={"index": index.name, "seen_at": timezone.now()}
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


def is_paused(row: Follower) -> bool:
    """Whether the engine failed so recently that nobody tries it now."""
    return row.paused_until is not None and row.paused_until > timezone.now()


def pause(row: Follower, error: EngineError) -> None:
    """Leave an engine that failed alone: for a second, then longer, at most ten seconds."""
    seconds = min(2 ** min(row.failures, 10), LONGEST_PAUSE)
    if row.failures % (60 // LONGEST_PAUSE) == 0:
        logger.warning("Changes for %s stay pending: %s", row.name, error)
    # Processes that failed at the same time count as one failure.
    Follower.objects.filter(pk=row.pk, failures=row.failures).update(
        failures=row.failures + 1,
        paused_until=timezone.now() + timedelta(seconds=seconds),
        error=str(error),
    )


def resume(row: Follower) -> None:
    """Note that the engine can be reached."""
    if row.failures:
        logger.warning("%s can be reached again.", row.name)
        Follower.objects.filter(pk=row.pk).update(failures=0, paused_until=None, error="")


def unpause(engine: Engine) -> None:
    """Let an engine be tried at once, because somebody asks for it."""
    Follower.objects.filter(name=engine.follower).update(paused_until=None)


def set_current(engine: Engine, *, is_current: bool) -> None:
    """Note whether the index has all that happened before it followed."""
    Follower.objects.filter(name=engine.follower).update(is_current=is_current)


@contextmanager
def lease(engine: Engine) -> Iterator[Callable[[], None]]:
    """The right to rebuild an index that machines share; gives a function that prolongs it.

    Raises `LeaseError` if another process has it. The embedded engine has a lock of its own,
    which falls at once with its process.
    """
    if engine.is_local:
        yield lambda: None
        return
    rows = Follower.objects.filter(name=engine.follower)
    now = timezone.now()
    held = now + LEASE
    if not rows.filter(Q(leased_until=None) | Q(leased_until__lte=now)).update(leased_until=held):
        raise LeaseError(f"{engine.follower} is being rebuilt by another process.")

    def prolong() -> None:
        nonlocal held
        longer = timezone.now() + LEASE
        if not rows.filter(leased_until=held).update(leased_until=longer):
            raise LeaseError(f"{engine.follower} is being rebuilt by another process by now.")
        held = longer

    try:
        yield prolong
    finally:
        rows.filter(leased_until=held).update(leased_until=None)


def drop_gone() -> list[str]:
    """Forget followers that nobody saw for two weeks, with their changes; their names."""
    gone = Follower.objects.filter(seen_at__lt=timezone.now() - GONE)
    names = sorted(gone.values_list("name", flat=True))
    with transaction.atomic():
        gone.filter(name__in=names).delete()
        Change.objects.filter(follower__in=names).delete()
    return names
