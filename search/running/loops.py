"""Threads that do something again and again beside the requests, whatever fails meanwhile."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from search.throttle import Throttle

RETRY = 5.0
"""Seconds after a failure."""

logger = logging.getLogger(__name__)

Action = Callable[[Callable[[], bool]], float]
"""Does something until it is told to stop; gives the seconds until its next turn."""


class Loop(threading.Thread):
    """Does something at intervals that it says itself, and at once where somebody wakes it."""

    def __init__(self, name: str, action: Action) -> None:
        super().__init__(name=name, daemon=True)
        self._action = action
        self._changed = threading.Condition()
        self._is_woken = self._is_stopping = False
        self._lines = Throttle()

    def run(self) -> None:
        """Go on until it is told to stop."""
        while not self._is_stopping:
            self._is_woken = False
            seconds = self._act()
            with self._changed:
                self._changed.wait_for(lambda: self._is_woken or self._is_stopping, seconds)
        connections.close_all()

    def _act(self) -> float:
        try:
            close_old_connections()
            return self._action(lambda: self._is_stopping)
        except (DatabaseError, InterfaceError) as error:
            if self._lines.passes():
                logger.warning("“%s” waits for the database: %s", self.name, error)
        except Exception:
            # Whatever it may raise, the thread must outlive it: nobody would begin it again.
            if self._lines.passes():
                logger.exception("“%s” failed.", self.name)
        # The next turn finds whichever server answers by then.
        with suppress(Exception):
            connections.close_all()
        return RETRY

    def wake(self) -> None:
        """Let it have its turn now."""
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Let it end after what it is doing."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()


_sources: list[Callable[[], Loop]] = []
_running: list[Loop] = []


def register(source: Callable[[], Loop]) -> Callable[[], Loop]:
    """Let each server and worker have a thread that the function makes."""
    if source not in _sources:
        _sources.append(source)
    return source


def start() -> None:
    """Begin with all that are registered."""
    for source in _sources:
        loop = source()
        _running.append(loop)
        loop.start()


def stop(seconds: float = 2.0) -> None:
    """End them, each after what it is doing, or within so many seconds."""
    ending = list(_running)
    _running.clear()
    for loop in ending:
        loop.stop()
    for loop in ending:
        loop.join(seconds)
