"""Build the search index anew, beside the one that serves."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.documents import Index, registered
from search.engines import engine_for
from search.engines.base import EngineError
from search.outbox import drain
from search.rebuild import rebuild


class Command(BaseCommand):
    """Rebuilds every index while the site goes on; an interruption leaves the old one serving."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether an index that is up to date may stay."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="keep an index that this version of the code made; only deliver what is pending",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all indexes, or those that need it."""
        for index in registered():
            if options["if_needed"] and _is_current(index):
                self.stdout.write(f"{index.name}: {drain(index)} changes delivered")
                continue
            with tqdm(desc=index.name, unit=" documents", disable=not sys.stderr.isatty()) as bar:
                count = rebuild(index, bar.update)
            self.stdout.write(f"{index.name}: {count} documents")


def _is_current(index: Index) -> bool:
    engine = engine_for(index)
    try:
        return engine.status().schema == engine.schema_version()
    except EngineError:
        return False
