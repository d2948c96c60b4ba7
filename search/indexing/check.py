"""Compares an index with the database, and mends what differs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.documents import Index
from search.engines.base import Engine, IndexMissingError
from search.indexing import claims, followers
from search.indexing.drain import drain
from search.indexing.outbox import record_for
from search.indexing.poorer import PoorerError, refuse_lost
from search.indexing.rebuild import rebuild
from search.models import Change


@dataclass(frozen=True, slots=True)
class Drift:
    """How an index differs from the database, apart from what is on its way there: sorted ids."""

    missing: tuple[int, ...] = ()
    """Should be found, and are not."""
    surplus: tuple[int, ...] = ()
    """Are found, and should not be."""
    outdated: tuple[int, ...] = ()
    """Are found under another version than the newest."""
    fault: str = ""
    """Why no index that may serve is there; empty where one is."""
    found: int = field(default=0, compare=False)
    """How many documents the index has."""

    def __bool__(self) -> bool:
        return bool(self.fault or self.ids)

    @property
    def ids(self) -> tuple[int, ...]:
        """All documents that differ."""
        return self.missing + self.surplus + self.outdated


def compare(index: Index, engine: Engine) -> Drift:
    """What differs, at two looks: once only is a change that came between two questions.

    Raises `EngineError` if the engine cannot tell its versions.
    """
    try:
        engine.check()
        first = _look(index, engine)
        if not first:
            return first
        second = _look(index, engine)
    except IndexMissingError as error:
        return Drift(fault=str(error))
    return Drift(
        _both(first.missing, second.missing),
        _both(first.surplus, second.surplus),
        _both(first.outdated, second.outdated),
        found=second.found,
    )


def _both(first: Iterable[int], second: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(first) & set(second)))


def _look(index: Index, engine: Engine) -> Drift:
    found = dict(engine.versions())
    rows = Change.objects.filter(follower=engine.follower)
    newest = dict(rows.values_list("document", "version"))
    public = set(index.ids())
    fresh = claims.waiting(engine.follower).filter(attempts=0)
    on_its_way = set(fresh.values_list("document", flat=True))
    return Drift(
        tuple(sorted(public - found.keys() - on_its_way)),
        tuple(sorted(found.keys() - public - on_its_way)),
        tuple(
            sorted(
                key
                for key in public & found.keys() - on_its_way
                if found[key] != newest.get(key, 0)
            )
        ),
        found=len(found),
    )


def repair(index: Index, engine: Engine, drift: Drift, *, may_shrink: bool = False) -> Drift:
    """Bring the documents that differ into the index again; what differs after that.

    Where that is no help, it is built anew: it has later versions than the database, which was
    restored from a backup. Documents that the engine refuses go on differing.

    Raises `EngineError` if the engine cannot be reached, and `PoorerError`, which is noted as an
    alarm, if the index would lose much, unless it `may_shrink`: the fault may be the database's.
    """
    if not drift.fault:
        if not may_shrink:
            _refuse_poorer(engine, drift)
        record_for(engine, drift.ids)
        drain(index, engine)
        drift = compare(index, engine)
        refused = claims.pending(engine.follower).values_list("document", flat=True)
        if not set(drift.ids) - set(refused):
            followers.set_alarm(engine, "")
            return drift
    rebuild(index, engine, may_shrink=may_shrink)
    return compare(index, engine)


def _refuse_poorer(engine: Engine, drift: Drift) -> None:
    try:
        refuse_lost(len(drift.surplus), drift.found)
    except PoorerError as error:
        followers.set_alarm(engine, str(error))
        raise
