"""What a worker does until it is told to stop: deliver, run queued tasks, run timed jobs."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    connections,
)

from search import tasks
from search.engines.locks import FileLock
from search.indexing import delivery
from search.running import jobs, loops
from search.throttle import Throttle

RETRY = 2.0
"""Seconds after which the queue of a database that was away is looked at again."""

logger = logging.getLogger(__name__)


class SecondWorkerError(Exception):
    """There is a worker already, and SQLite bears one only."""


@contextmanager
def alone() -> Iterator[None]:
    """Be the only worker of this site on SQLite; PostgreSQL shares the work among any number.

    Raises `SecondWorkerError` if there is another.
    """
    if connection.vendor != "sqlite":
        yield
        return
    lock = FileLock(Path(f"{connection.settings_dict['NAME']}-worker.lock"))
    try:
        with lock.held(wait=False):
            yield
    except BlockingIOError:
        raise SecondWorkerError("Another worker runs, and SQLite bears one only.") from None


class Worker:
    """Runs until SIGTERM or SIGINT, and then ends what it is doing."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._queue: Any = None
        self._lines = Throttle()
        self._timekeeper = jobs.Timekeeper(is_worker=True)

    def run(self) -> None:
        """Work; returns after a signal, when the tasks and batches that ran have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        delivery.start(may_rebuild_shared=True)
        self._timekeeper.start()
        loops.start()
        try:
            while not self._stopping.is_set():
                self._run_tasks()
        finally:
            self._timekeeper.stop()
            delivery.stop()
            loops.stop()
            self._timekeeper.join(RETRY)

    def _stop(self, _signal: int, _frame: object) -> None:
        self._stopping.set()
        if self._queue is not None:
            self._queue.running = False

    def _run_tasks(self) -> None:
        """Run queued tasks until the signal; without a queue in the database, wait for it."""
        if not tasks.are_queued():
            self._stopping.wait()
            return
        try:
            close_old_connections()
            self._queue = tasks.queue()
            if not self._stopping.is_set():
                self._queue.run()
        except (DatabaseError, InterfaceError) as error:
            # Away, restarting or read-only; the task that ran, if any, is taken up again.
            if self._lines.passes():
                logger.warning("Queued tasks wait for the database: %s", error)
            with suppress(Exception):
                connections.close_all()
            self._stopping.wait(RETRY)
