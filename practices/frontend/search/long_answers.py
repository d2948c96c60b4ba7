"""Answers that are sent as they are made: a reader who is slow keeps a thread of the server.

So a process gives few of them at once, and all its other threads are for everybody else.
"""

import weakref
from collections.abc import Iterator
from threading import BoundedSemaphore

AT_ONCE = 1
"""So many long answers a process gives; it has two threads at least."""


class HeldPieces:
    """The pieces of an answer, which keep its place until it is closed or forgotten."""

    def __init__(self, pieces: Iterator[str], places: BoundedSemaphore) -> None:
        self._pieces = pieces
        # Once, whoever calls it: the server at the end, or nobody, and then the collector.
        self.close = weakref.finalize(self, places.release)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)


class Places:
    """Places for long answers in this process."""

    def __init__(self, number: int = AT_ONCE) -> None:
        self._free = BoundedSemaphore(number)

    def held(self, pieces: Iterator[str]) -> HeldPieces | None:
        """The same pieces with a place of their own; None if there is none, at once."""
        return HeldPieces(pieces, self._free) if self._free.acquire(blocking=False) else None
