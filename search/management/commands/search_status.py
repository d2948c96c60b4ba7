"""Show the state of the search index: documents, pending changes, their age, the engine."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.documents import Index, registered
from search.engines import engine_for
from search.engines.base import EngineError
from search.outbox import backlog


class Command(BaseCommand):
    """Prints one block for each index."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what operators look at."""
        for index in registered():
            self.stdout.write(index.name)
            for name, value in _facts(index).items():
                self.stdout.write(f"  {name:<24}{value}")


def _facts(index: Index) -> dict[str, object]:
    engine = engine_for(index)
    left = backlog(index)
    age = int((timezone.now() - left.oldest).total_seconds()) if left.oldest else 0
    facts: dict[str, object] = {"engine": engine.name}
    try:
        status = engine.status()
    except EngineError as error:
        facts["problem"] = error
    else:
        facts["documents"] = status.documents
        facts["size"] = f"{status.bytes_on_disk / 1_000_000:.1f} MB"
        if status.schema != engine.schema_version():
            facts["problem"] = "built by another version of the code: run search_rebuild"
    return facts | {"pending changes": left.pending, "age of the oldest": f"{age} s"}
