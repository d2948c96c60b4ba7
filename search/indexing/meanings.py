"""Keeps the vectors of documents up to date behind the requests, as a follower of the outbox.

A publication waits for none of it: words are found at once, meaning a few seconds later. Killed on
the way, the change is still pending.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import ClassVar

from search.documents import Document, Index, batches, registered
from search.engines.base import EngineError
from search.indexing import claims, followers
from search.indexing.drain import documents, drain
from search.meaning import model, vectors

SUFFIX = "meaning"
TICK = 2.0
"""Seconds between two looks."""


class Vectors:
    """What follows the outbox for one index, and is delivered documents to make vectors of."""

    is_local: ClassVar[bool] = False

    def __init__(self, index: Index) -> None:
        self.index = index

    @property
    def follower(self) -> str:
        """The name under which it follows the outbox; all machines share it."""
        return f"{self.index.name}:{SUFFIX}"

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Keep the vectors of documents, and none of those that are gone."""
        vectors.apply(self.index, puts, removals)


def meant() -> list[Index]:
    """The indexes whose documents have vectors; none where there is no model."""
    return [index for index in registered() if index.meanings] if model.name() else []


def keep_up(index: Index, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Make what lacks, of all documents or of those that changed; how many changes that were."""
    follower = Vectors(index)
    row = followers.keep(index, follower)
    if not (row.is_current and vectors.is_current(index)):
        with suppress(followers.LeaseError):
            make_all(index, should_stop)
    return drain(index, follower, should_stop)


def make_all(index: Index, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Make the vectors of all documents; those of the same texts and model stay as they are.

    Raises `LeaseError` where another process does so.
    """
    follower = Vectors(index)
    followers.keep(index, follower)
    found: set[int] = set()
    with followers.lease(follower) as prolong:
        for batch in batches(index.ids(), vectors.AT_ONCE):
            if should_stop():
                return
            puts, _gone = documents(index, claims.known_versions(follower.follower, batch))
            vectors.apply(index, puts)
            found.update(one.id for one in puts)
            prolong()
        vectors.keep_only(index, found)
        vectors.set_current(index)
        followers.set_current(follower, is_current=True)


def look(should_stop: Callable[[], bool]) -> float:
    """Keep all vectors up to date; the seconds until the next look."""
    for index in meant():
        with suppress(EngineError):  # A registration that found no moment is tried again.
            keep_up(index, should_stop)
    return TICK
