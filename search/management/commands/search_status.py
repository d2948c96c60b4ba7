"""Show the state of the search indexes: documents, pending changes, their age, the engine."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

WIDTH = 34
"""Characters before the value."""


class Command(PipedCommand):
    """Prints one block for each index, those of other machines included."""

    help = gettext_lazy(
        "Show the state of the search indexes: documents, pending changes, their age, the engine."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what operators look at."""
        self._tell(_("worker last seen"), _when(worker_seen_at()))
        for index in registered():
            own = {engine.follower: engine for engine in followers(index)}
            known = Follower.objects.filter(index=index.name).order_by("name")
            rows = {row.name: row for row in known}
            rows.pop(meanings.Vectors(index).follower, None)
            if index.meanings:
                self._tell_block(meanings.Vectors(index).follower, _facts_of_meaning(index))
            for name in [*own, *(name for name in rows if name not in own)]:
                self._tell_block(name, _facts(index, name, own.get(name), rows.get(name)))

    def _tell_block(self, name: str, facts: Iterable[tuple[str, object]]) -> None:
        self.stdout.write(name)
        for fact, value in facts:
            self._tell(f"  {fact}", value)

    def _tell(self, fact: str, value: object) -> None:
        self.stdout.write(f"{fact:<{WIDTH}}{value}")


def _when(moment: datetime | None) -> object:
    return moment or _("never")


def _facts(
    index: Index, name: str, engine: Engine | None, row: Follower | None
) -> Iterator[tuple[str, object]]:
    if engine is not None:
        yield from _index_facts(engine)
    left: Backlog = backlog(index, name)
    age = int((clock.now() - left.oldest).total_seconds()) if left.oldest else 0
    yield _("pending changes"), left.pending
    yield _("of which set aside"), left.set_aside
    yield _("age of the oldest"), f"{age} s"
    yield _("last seen"), _when(row.seen_at if row else None)
    if row and row.failed_at:
        yield _("last failed"), row.failed_at
        yield _("problem"), row.error
    if row and row.alarm:
        yield _("alarm"), row.alarm
    if engine is None:
        yield (
            _("another machine's"),
            _("if that is gone: search_forget %(name)s") % {"name": name},
        )
    if row and not row.is_current:
        yield _("problem"), _("not built since it follows: run search_rebuild")


def _facts_of_meaning(index: Index) -> Iterator[tuple[str, object]]:
    yield _("model"), model.name() or _("none is installed, so words alone decide")
    if not model.name():
        return
    yield _("documents"), vectors.count(index)
    yield _("pending changes"), backlog(index, meanings.Vectors(index).follower).pending
    if not vectors.is_current(index):
        yield _("problem"), _("not all are made yet, so words alone decide")


def _index_facts(engine: Engine) -> Iterator[tuple[str, object]]:
    yield _("engine"), engine.name
    try:
        status = engine.status()
    except EngineError as error:
        yield _("problem"), error
        return
    yield _("documents"), status.documents
    yield _("size"), f"{status.bytes_on_disk / 1_000_000:.1f} MB"
    if status.schema != engine.schema_version():
        yield _("problem"), _("built by another version of the code: run search_rebuild")
