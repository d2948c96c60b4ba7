"""Records changes in the transaction that makes them, for all that follow the index.

A change says only *that* a document changed. What it is now is read at delivery, so a delivery
may be repeated, and a process killed between commit and delivery loses nothing: the change is
still pending and the next delivery takes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q

from search import clock
from search.documents import Index, batches
from search.engines import engine_for
from search.engines.base import Engine
from search.indexing import delivery, followers
from search.indexing.claims import pending
from search.models import Change


@dataclass(frozen=True, slots=True)
class Backlog:
    """What still has to reach an engine."""

    pending: int
    oldest: datetime | None
    set_aside: int = 0
    """Of those that are pending."""


def record(index: Index, ids: Iterable[int]) -> None:
    """Note that documents changed, in the running transaction; they are delivered after it."""
    with transaction.atomic():
        _raise_versions(followers.names(index), ids)
        delivery.expect(index)
        transaction.on_commit(partial(delivery.after_commit, index), robust=True)


def record_for(engine: Engine, ids: Iterable[int]) -> None:
    """Let one engine have documents again, without anything having changed."""
    with transaction.atomic():
        _raise_versions([engine.follower], ids)


def _raise_versions(names: Sequence[str], ids: Iterable[int]) -> None:
    """Give documents a new version, for each of the followers.

    First the rows are there, then their versions go up: the other way round, a second
    transaction on the same new document could lose its change to the first. Rows are taken in one
    order by all, so that two transactions never wait for each other.
    """
    for batch in batches(sorted(set(ids))):
        now = clock.now()
        rows = [
            Change(follower=name, document=key, recorded_at=now) for key in batch for name in names
        ]
        Change.objects.bulk_create(rows, ignore_conflicts=True)
        changed = Change.objects.filter(follower__in=names, document__in=batch)
        if connection.features.has_select_for_update and len(rows) > 1:
            list(changed.order_by("document", "follower").select_for_update().values_list("pk"))
        changed.update(
            version=F("version") + 1,
            recorded_at=now,
            not_before=None,
            attempts=0,
            error="",
            is_set_aside=False,
        )


def retry(changes: Iterable[int]) -> int:
    """Let changes that were set aside (their primary keys) be tried again; how many there were."""
    rows = Change.objects.filter(pk__in=list(changes), is_set_aside=True)
    tried = rows.update(not_before=None, attempts=0, is_set_aside=False)
    delivery.wake()
    return tried


def backlog(index: Index, follower: str | None = None) -> Backlog:
    """How much is pending and since when, for the engine that serves or another follower."""
    found = pending(follower or engine_for(index).follower).aggregate(
        pending=Count("id"),
        oldest=Min("recorded_at"),
        set_aside=Count("id", filter=Q(is_set_aside=True)),
    )
    return Backlog(**found)
