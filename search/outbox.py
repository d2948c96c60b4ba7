"""Records changes in the transaction that makes them, and delivers them after its commit.

A change says only *that* a document changed. What it is now is read at delivery, so a delivery
may be repeated, and a process killed between commit and delivery loses nothing: the change is
still pending and the next delivery takes it.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from search.documents import Document, Index
from search.engines import engine_for
from search.engines.base import Engine, IndexMissingError
from search.models import Change

BATCH = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What still has to reach an engine."""

    pending: int
    oldest: datetime | None


def batches(ids: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """The ids in lists of at most `size`, so that no statement grows too long."""
    remaining = iter(ids)
    while batch := list(islice(remaining, size)):
        yield batch


def record(index: Index, ids: Iterable[int]) -> None:
    """Note that documents changed, in the running transaction; they are delivered after it.

    First the rows are there, then their versions go up: the other way round, a second
    transaction on the same new document could lose its change to the first.
    """
    follower = engine_for(index).follower
    with transaction.atomic():
        for batch in batches(dict.fromkeys(ids)):
            now = timezone.now()
            rows = [Change(follower=follower, document=key, recorded_at=now) for key in batch]
            Change.objects.bulk_create(rows, ignore_conflicts=True)
            changed = Change.objects.filter(follower=follower, document__in=batch)
            changed.update(version=F("version") + 1, recorded_at=now)
        transaction.on_commit(partial(_deliver_after_commit, index), robust=True)


def _deliver_after_commit(index: Index) -> None:
    """Deliver at once; what fails stays pending and never fails a publication."""
    try:
        drain(index)
    except Exception:
        logger.exception("Changes of the index %s stay pending.", index.name)


def drain(index: Index) -> int:
    """Deliver all pending changes to the engine, oldest first; how many that were.

    An index that is not there is built. Raises `EngineError` if the engine cannot take the changes;
    they stay pending.
    """
    engine = engine_for(index)
    delivered = 0
    if not _pending(engine).exists():
        return delivered
    try:
        while count := _deliver_batch(index, engine):
            delivered += count
    except IndexMissingError:
        from search.rebuild import rebuild  # which delivers by this module

        delivered += rebuild(index)
    return delivered


def _pending(engine: Engine) -> QuerySet[Change]:
    return Change.objects.filter(follower=engine.follower, version__gt=F("delivered"))


def _deliver_batch(index: Index, engine: Engine) -> int:
    """Deliver the oldest changes.

    Versions are read before documents, so that a document may be newer than its version (and is
    then delivered again), but never older.
    """
    with engine.writing():
        pending = _pending(engine).order_by("recorded_at", "id")[:BATCH]
        versions = dict(pending.values_list("document", "version"))
        if not versions:
            return 0
        puts, removals = documents(index, versions)
        engine.apply(puts, removals)
        mark_delivered(engine, versions)
    return len(versions)


def documents(
    index: Index, versions: dict[int, int]
) -> tuple[list[Document], list[tuple[int, int]]]:
    """The documents as they are now, under their versions, and which of them are gone."""
    found = {document.id: document for document in index.load(list(versions))}
    puts = [document.at_version(versions[key]) for key, document in found.items()]
    return puts, [(key, version) for key, version in versions.items() if key not in found]


def mark_delivered(engine: Engine, versions: dict[int, int]) -> None:
    """Note up to which version documents were delivered; a newer version stays pending."""
    by_version: dict[int, list[int]] = {}
    for key, version in versions.items():
        by_version.setdefault(version, []).append(key)
    for version, keys in by_version.items():
        for batch in batches(keys):
            rows = Change.objects.filter(follower=engine.follower, document__in=batch)
            rows.filter(delivered__lt=version).update(delivered=version)


def known_versions(engine: Engine, ids: Sequence[int]) -> dict[int, int]:
    """The newest version of each document; 0 for one that never changed."""
    rows = Change.objects.filter(follower=engine.follower, document__in=ids)
    return dict.fromkeys(ids, 0) | dict(rows.values_list("document", "version"))


def backlog(index: Index) -> Backlog:
    """How much is pending and since when."""
    found = _pending(engine_for(index)).aggregate(pending=Count("id"), oldest=Min("recorded_at"))
    return Backlog(found["pending"], found["oldest"])
