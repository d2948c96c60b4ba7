"""Questions that may hang, asked so that nobody waits for them longer than agreed."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Generic, TypeVar

from django.db import connections

T = TypeVar("T")


class Bounded(Generic[T]):
    """Asks each question in a thread of its own, at most one thread for each.

    While a question hangs, whoever asks it again waits for the same answer, so that a service
    that hangs for an hour costs one thread.
    """

    def __init__(self) -> None:
        self._running: dict[str, Future[T]] = {}
        self._lock = threading.Lock()

    def ask(self, questions: Mapping[str, Callable[[], T]], seconds: float) -> dict[str, Future[T]]:
        """Ask all at once; after so many seconds what is not `done()` has hung."""
        with self._lock:
            asked = {name: self._begun(name, ask) for name, ask in questions.items()}
        wait(asked.values(), timeout=seconds)
        return asked

    def _begun(self, name: str, question: Callable[[], T]) -> "Future[T]":
        running = self._running.get(name)
        if running is not None and not running.done():
            return running
        future = self._running[name] = Future()
        # A daemon: a thread that hangs must not hold up the end of the process.
        threading.Thread(
            target=_answer, args=(future, question), name=f"bounded-{name}", daemon=True
        ).start()
        return future


def _answer(future: "Future[T]", question: Callable[[], T]) -> None:
    """Keep the answer or the error; the thread's own database connection is closed."""
    try:
        answer = question()
    except Exception as error:  # noqa: BLE001 (whoever asked gets to see it)
        _close_connections()
        future.set_exception(error)
    else:
        _close_connections()
        future.set_result(answer)


def _close_connections() -> None:
    # A connection that is too broken to be closed is gone all the same.
    with suppress(Exception):
        connections.close_all()
