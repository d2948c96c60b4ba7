"""Builds an index beside the one that serves, and swaps it in."""

from collections.abc import Callable, Iterator

from search.documents import Document, Index
from search.engines import engine_for
from search.engines.base import Engine
from search.models import Change
from search.outbox import batches, documents, known_versions, mark_delivered

Progress = Callable[[int], object]


def rebuild(index: Index, progress: Progress = lambda count: None) -> int:
    """Index all documents anew; how many there are. Searches and publications go on meanwhile.

    What changed while it was built is brought up to date before the swap, under the writers'
    lock, so that the new index misses nothing. Interrupted, the old index goes on serving.
    """
    engine = engine_for(index)
    built: dict[int, int] = {}
    with engine.build() as builder:
        builder.apply(_all_documents(index, engine, built, progress), ())
        with engine.writing():
            for changed in _changed_since(engine, built):
                builder.apply(*documents(index, changed))
                built.update(changed)
            builder.swap()
            mark_delivered(engine, built)
    return len(built)


def _all_documents(
    index: Index, engine: Engine, built: dict[int, int], progress: Progress
) -> Iterator[Document]:
    for batch in batches(index.ids()):
        versions = known_versions(engine, batch)
        built.update(versions)
        yield from documents(index, versions)[0]
        progress(len(batch))


def _changed_since(engine: Engine, built: dict[int, int]) -> Iterator[dict[int, int]]:
    """Documents whose newest version is not the one that was built, in batches."""
    rows = Change.objects.filter(follower=engine.follower).values_list("document", "version")
    newest = {key: version for key, version in rows.iterator() if built.get(key, 0) != version}
    for batch in batches(newest):
        yield {key: newest[key] for key in batch}
