"""Delivers what is pending to one engine, whatever a single document brings about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from django.db import Error as DatabaseFault

from search.documents import Document, Index
from search.engines.base import EngineError, RejectedError
from search.indexing import claims
from search.indexing.claims import Claim


class Taker(Protocol):
    """An engine, or what else follows the outbox and takes documents."""

    @property
    def follower(self) -> str:
        """The name under which it follows."""

    def apply(self, puts: Iterable[Document], removals: Iterable[tuple[int, int]]) -> None:
        """Take documents, and let go of (id, version)."""


def drain(index: Index, engine: Taker, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Deliver all that nobody else is delivering, oldest first; how many changes that were.

    Raises `EngineError` if the engine as a whole cannot take them; they stay pending. A document
    that is refused is tried again later, and holds up no other.
    """
    delivered = 0
    while not should_stop() and (claimed := claims.claim(engine.follower)):
        delivered += _deliver(index, engine, claimed)
    return delivered


def _deliver(index: Index, engine: Taker, claimed: Claim) -> int:
    """Deliver what was claimed.

    Versions were read before documents are, so that a document may be newer than its version
    (and is then delivered again), but never older.
    """

    def apply(keys: Sequence[int]) -> None:
        engine.apply(*documents(index, {key: claimed.versions[key] for key in keys}))

    try:
        refused = refused_of(list(claimed.versions), apply)
    except EngineError:
        claims.give_back(claimed)
        raise
    taken = {key: version for key, version in claimed.versions.items() if key not in refused}
    claims.mark_delivered(engine.follower, taken)
    if refused:
        claims.refuse(engine.follower, claimed.versions, refused)
    return len(taken)


def documents(
    index: Index, versions: Mapping[int, int]
) -> tuple[list[Document], list[tuple[int, int]]]:
    """The documents as they are now, under their versions, and which of them are gone."""
    found = {document.id: document for document in index.load(list(versions))}
    puts = [document.at_version(versions[key]) for key, document in found.items()]
    return puts, [(key, version) for key, version in versions.items() if key not in found]


def refused_of(keys: Sequence[int], action: Callable[[Sequence[int]], object]) -> dict[int, str]:
    """Do something with all documents that bear it; why the others don't.

    Raises what is no single document's fault, as when the engine or the database is away. Whatever
    a database says is its own fault: a document is not set aside because a table was missing.
    """
    try:
        action(keys)
    except RejectedError as error:
        if len(keys) == 1:
            return dict(error.reasons)
        alone = [refused_of([key], action) for key in error.reasons]
        return {key: reason for reasons in alone for key, reason in reasons.items()}
    except (EngineError, DatabaseFault):
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the other documents go on)
        if len(keys) == 1:
            return {keys[0]: f"{type(error).__name__}: {error}"}
        half = len(keys) // 2
        return refused_of(keys[:half], action) | refused_of(keys[half:], action)
    return {}
