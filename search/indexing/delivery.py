"""Delivers changes in the background: a thread for each follower, woken by every commit.

A process without these threads (a command, a test) delivers in its own thread, after its commit.
"""

import logging
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from search.documents import Index, registered
from search.engines import engine_for, followers
from search.engines.base import Engine, EngineError
from search.indexing.upkeep import keep_up, renounce_outdated

TICK = 2.0
"""Seconds after which a thread looks by itself: for what other processes recorded."""
PATIENCE = 0.1
"""Seconds that a publication waits, at most, until it is found."""
QUIET = 60.0
"""Seconds between two lines in the log about what a thread cannot do."""

logger = logging.getLogger(__name__)

_running: list["Deliverer"] = []
_recorded = threading.local()


class Deliverer(threading.Thread):
    """Keeps one follower up to date, however often its engine or the database is away."""

    def __init__(self, index: Index, engine: Engine, *, may_rebuild_shared: bool) -> None:
        super().__init__(name=f"deliver {engine.follower}", daemon=True)
        self.index, self.engine = index, engine
        self._may_rebuild_shared = may_rebuild_shared
        self._changed = threading.Condition()
        self._wanted = self._done = 0
        self._is_stopping = False
        self._silent_until = 0.0

    def run(self) -> None:
        """Deliver whenever there is something, until it is told to stop."""
        if self.engine is not engine_for(self.index):
            with suppress(DatabaseError, InterfaceError, EngineError):
                renounce_outdated(self.engine)
        while not self._is_stopping:
            wanted = self._wanted
            self._deliver()
            with self._changed:
                self._done = wanted
                self._changed.notify_all()
                if self._wanted == wanted and not self._is_stopping:
                    self._changed.wait(TICK)
        connections.close_all()

    def _deliver(self) -> None:
        try:
            # A connection that broke, or is old, is opened anew.
            close_old_connections()
            keep_up(
                self.index,
                self.engine,
                may_rebuild_shared=self._may_rebuild_shared,
                should_stop=lambda: self._is_stopping,
            )
        except EngineError:
            pass  # The pause of the follower told it.
        except Exception as error:  # noqa: BLE001 (the thread must outlive whatever happens)
            self._complain(error)
            # The next turn finds whichever server answers by then: this one may be read-only.
            with suppress(Exception):
                connections.close_all()

    def _complain(self, error: Exception) -> None:
        if time.monotonic() < self._silent_until:
            return
        self._silent_until = time.monotonic() + QUIET
        is_database = isinstance(error, (DatabaseError, InterfaceError))
        name = self.engine.follower
        logger.warning("Delivering to %s: %s", name, error, exc_info=not is_database)

    def wake(self) -> int:
        """Let it deliver now; gives a ticket for `wait`."""
        with self._changed:
            self._wanted += 1
            self._changed.notify_all()
            return self._wanted

    def wait(self, ticket: int, seconds: float) -> None:
        """Wait until it did what it can for what was recorded before the ticket."""
        with self._changed:
            self._changed.wait_for(lambda: self._done >= ticket, seconds)

    def stop(self) -> None:
        """Let it end after the batch that it is delivering."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()


def start(*, may_rebuild_shared: bool) -> None:
    """Deliver in the background from now on, to each follower of this machine."""
    for index in registered():
        for engine in followers(index):
            thread = Deliverer(index, engine, may_rebuild_shared=may_rebuild_shared)
            _running.append(thread)
            thread.start()


def stop(seconds: float = 10.0) -> None:
    """End the threads, each after the batch that it is delivering, within so many seconds."""
    ending, deadline = list(_running), time.monotonic() + seconds
    _running.clear()
    for thread in ending:
        thread.stop()
    for thread in ending:
        thread.join(max(0.0, deadline - time.monotonic()))


def wake(index: Index | None = None) -> list[tuple[Deliverer, int]]:
    """Wake the threads of this process, of one index or all, with tickets to wait for."""
    # A process that was forked has the list, but not the threads.
    alive = [thread for thread in _running if thread.is_alive()]
    return [(thread, thread.wake()) for thread in alive if index in (None, thread.index)]


def expect(index: Index) -> None:
    """Note that the running transaction recorded changes of an index."""
    _expected().add(index)


def _expected() -> set[Index]:
    if not hasattr(_recorded, "indexes"):
        _recorded.indexes = set()
    found: set[Index] = _recorded.indexes
    return found


def after_commit(index: Index) -> None:
    """Deliver what the transaction recorded of all indexes: once, however often it recorded.

    Waits no longer than `PATIENCE` where threads deliver, for all of them together. What fails
    stays pending and never fails a publication.
    """
    expected = _expected()
    if index not in expected:
        return
    indexes = list(expected)
    expected.clear()
    if tickets := [ticket for one in indexes for ticket in wake(one)]:
        deadline = time.monotonic() + PATIENCE
        for thread, number in tickets:
            thread.wait(number, max(0.0, deadline - time.monotonic()))
    else:
        for one in indexes:
            _deliver_here(one)


def _deliver_here(index: Index) -> None:
    for engine in followers(index):
        try:
            keep_up(index, engine, may_rebuild_shared=True)
        except EngineError:
            pass  # The pause of the follower told it.
        except Exception:
            logger.exception("Changes for %s stay pending.", engine.follower)
