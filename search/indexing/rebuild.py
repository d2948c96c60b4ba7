"""Builds an index beside the one that serves, and swaps it in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from search.documents import Document, Index, batches
from search.engines import engine_for
from search.engines.base import Builder, Engine, RejectedError
from search.indexing import claims, followers
from search.indexing.drain import documents, refused_of
from search.indexing.poorer import PoorerError, refuse_lost, refuse_unread, served
from search.models import Change

Progress = Callable[[int], object]


@dataclass
class _Rebuild:
    """What a rebuild has come to."""

    index: Index
    engine: Engine
    may_shrink: bool
    pending: set[int]
    """What the old index had not heard of when it began."""
    built: dict[int, int] = field(default_factory=dict)
    """The versions of all that was looked at, gone or not."""
    found: set[int] = field(default_factory=set)
    """What is public and could be read."""
    refused: dict[int, str] = field(default_factory=dict)


def rebuild(
    index: Index,
    engine: Engine | None = None,
    progress: Progress = lambda count: None,
    is_needed: Callable[[], bool] = lambda: True,
    *,
    may_shrink: bool = False,
) -> int:
    """Index all documents anew; how many there are. Searches and publications go on meanwhile.

    Without an engine it is the one that serves. What changed while it was built is brought up to
    date before the swap, so that the new index misses nothing; interrupted, the old index goes
    on serving. A document that is refused is set aside. `is_needed` is asked once no other
    process can be rebuilding any more.

    Raises `LeaseError` where another machine is rebuilding the same index, and `PoorerError`, which
    is noted as an alarm, where the new index lacks much of the old one or of the database, unless
    it `may_shrink`. What a database raises while it is read ends the rebuild.
    """
    engine = engine or engine_for(index)
    followers.keep(index, engine)
    run = _Rebuild(index, engine, may_shrink, _pending(engine))
    with followers.lease(engine) as prolong, engine.build() as builder:
        if not is_needed():
            return 0

        def step(count: int) -> None:
            progress(count)
            prolong()

        try:
            builder.apply(_all_documents(run, step), ())
        except RejectedError as error:
            run.refused.update(error.reasons)
        with engine.writing():
            _swap_in(run, builder)
            prolong()
    return len(run.found - run.refused.keys())


def _pending(engine: Engine) -> set[int]:
    return set(claims.pending(engine.follower).values_list("document", flat=True))


def _swap_in(run: _Rebuild, builder: Builder) -> None:
    """Bring the new index up to date, let it serve, and do so once more.

    Where writers of other machines cannot be held off, a change may reach the old index while the
    new one takes its place, and count as delivered. Killed between the two, the follower does
    not count as current, and is built again.
    """
    _apply_what_changed(run, builder.apply)
    if not run.may_shrink:
        _refuse_poorer(run)
    followers.set_current(run.engine, is_current=False)
    builder.swap()
    _apply_what_changed(run, run.engine.apply)
    name = run.engine.follower
    left = claims.pending(name).values_list("document", flat=True)
    claims.mark_delivered(name, {key: run.built[key] for key in left if key in run.built})
    claims.set_aside(name, run.refused)
    followers.set_current(run.engine, is_current=True)
    followers.set_alarm(run.engine, "")


def _refuse_poorer(run: _Rebuild) -> None:
    """Raise `PoorerError` rather than let a much poorer index serve, and note why.

    What the old index has and the new one lacks is no loss where a change of it is on its way.
    """
    whole = run.found | run.refused.keys()
    old = served(run.engine)
    lost = old - whole - run.pending - _pending(run.engine)
    try:
        refuse_unread(run.refused.values(), len(whole))
        refuse_lost(len(lost), len(old))
    except PoorerError as error:
        followers.set_alarm(run.engine, str(error))
        raise


def _all_documents(run: _Rebuild, progress: Progress) -> Iterator[Document]:
    for batch in batches(run.index.ids()):
        yield from _readable(run, batch)
        progress(len(batch))


def _readable(run: _Rebuild, batch: Sequence[int]) -> list[Document]:
    """The documents that can be read, under their versions, which are noted as built."""
    versions = claims.known_versions(run.engine.follower, batch)
    found: list[Document] = []

    def read(keys: Sequence[int]) -> None:
        found.extend(documents(run.index, {key: versions[key] for key in keys})[0])

    run.refused.update(refused_of(batch, read))
    run.built.update(versions)
    run.found.update(document.id for document in found)
    return found


def _apply_what_changed(run: _Rebuild, apply: Callable[..., None]) -> None:
    """Apply documents whose newest version is not the one that was built."""
    rows = Change.objects.filter(follower=run.engine.follower).values_list("document", "version")
    newest = {key: version for key, version in rows.iterator() if run.built.get(key) != version}

    def bring(keys: Sequence[int]) -> None:
        puts, removals = documents(run.index, {key: newest[key] for key in keys})
        apply(puts, removals)
        run.found.update(document.id for document in puts)
        run.found.difference_update(key for key, _version in removals)

    for batch in batches(newest):
        refused = refused_of(batch, bring)
        for key in batch:
            run.refused.pop(key, None)
        run.refused.update(refused)
        run.built.update({key: newest[key] for key in batch})
