"""Show the state of the search indexes: documents, pending changes, their age, the engine."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.documents import Index, registered
from search.engines import followers
from search.engines.base import Engine, EngineError
from search.indexing.outbox import Backlog, backlog
from search.models import Follower
from search.running.jobs import worker_seen_at


class Command(BaseCommand):
    """Prints one block for each index, those of other machines included."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what operators look at."""
        self.stdout.write(f"worker last seen{'':<10}{worker_seen_at() or 'never'}")
        for index in registered():
            own = {engine.follower: engine for engine in followers(index)}
            known = Follower.objects.filter(index=index.name).order_by("name")
            rows = {row.name: row for row in known}
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
    age = int((timezone.now() - left.oldest).total_seconds()) if left.oldest else 0
    yield "pending changes", left.pending
    yield "of which set aside", left.set_aside
    yield "age of the oldest", f"{age} s"
    yield "last seen", row.seen_at if row else "never"
    if row and row.paused_until:
        yield "paused until", row.paused_until
        yield "problem", row.error
    if row and not row.is_current:
        yield "problem", "not built since it follows: run search_rebuild"


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
