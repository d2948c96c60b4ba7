"""Show the state of the search indexes: documents, pending changes, their age, the engine."""

from collections.abc import Iterator
from typing import Any

from search import clock
from search.documents import Index, registered
from search.engines import followers
from search.engines.base import Engine, EngineError
from search.indexing import meanings
from search.indexing.outbox import Backlog, backlog
from search.management.piping import PipedCommand
from search.meaning import model, vectors
from search.models import Follower
from search.running.jobs import worker_seen_at


class Command(PipedCommand):
    """Prints one block for each index, those of other machines included."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what operators look at."""
        self.stdout.write(f"worker last seen{'':<10}{worker_seen_at() or 'never'}")
        for index in registered():
            own = {engine.follower: engine for engine in followers(index)}
            known = Follower.objects.filter(index=index.name).order_by("name")
            rows = {row.name: row for row in known}
            rows.pop(meanings.Vectors(index).follower, None)
            for fact, value in _facts_of_meaning(index):
                self.stdout.write(f"{fact:<26}{value}")
            for name in [*own, *(name for name in rows if name not in own)]:
                self.stdout.write(name)
                for fact, value in _facts(index, name, own.get(name), rows.get(name)):
                    self.stdout.write(f"  {fact:<24}{value}")


def _facts(
    index: Index, name: str, engine: Engine | None, row: Follower | None
) -> Iterator[tuple[str, object]]:
    if engine is not None:
        yield from _index_facts(engine)
    left: Backlog = backlog(index, name)
    age = int((clock.now() - left.oldest).total_seconds()) if left.oldest else 0
    yield "pending changes", left.pending
    yield "of which set aside", left.set_aside
    yield "age of the oldest", f"{age} s"
    yield "last seen", row.seen_at if row else "never"
    if row and row.failed_at:
        yield "last failed", row.failed_at
        yield "problem", row.error
    if row and row.alarm:
        yield "alarm", row.alarm
    if engine is None:
        yield "another machine's", f"if that is gone: search_forget {name}"
    if row and not row.is_current:
        yield "problem", "not built since it follows: run search_rebuild"


def _facts_of_meaning(index: Index) -> Iterator[tuple[str, object]]:
    if not index.meanings:
        return
    name = meanings.Vectors(index).follower
    if not model.name():
        yield name, "no model is installed, so words alone decide"
        return
    yield name, ""
    yield "  model", model.name()
    yield "  documents", vectors.count(index)
    yield "  pending changes", backlog(index, name).pending
    if not vectors.is_current(index):
        yield "  problem", "not all are made yet, so words alone decide"


def _index_facts(engine: Engine) -> Iterator[tuple[str, object]]:
    yield "engine", engine.name
    try:
        status = engine.status()
    except EngineError as error:
        yield "problem", error
        return
    yield "documents", status.documents
    yield "size", f"{status.bytes_on_disk / 1_000_000:.1f} MB"
    if status.schema != engine.schema_version():
        yield "problem", "built by another version of the code: run search_rebuild"
