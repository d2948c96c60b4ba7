"""Build the search indexes of this machine anew, beside those that serve."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.documents import Index, registered
from search.engines import engine_for, followers
from search.engines.base import Engine, EngineError
from search.indexing import followers as follows
from search.indexing.rebuild import rebuild
from search.indexing.upkeep import is_outdated, keep_up
from search.models import Follower


class Command(BaseCommand):
    """Rebuilds while the site goes on; an interruption leaves the old indexes serving."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which indexes, and whether one that is up to date may stay."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="keep an index that this version of the code made; only deliver what is pending",
        )
        parser.add_argument(
            "--only",
            choices=("engine", "standby"),
            help="the index that SEARCH_URL names, or the one of this machine beside it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all indexes, or those that need it."""
        for index in registered():
            for engine in followers(index):
                kind = "engine" if engine is engine_for(index) else "standby"
                if options["only"] in (None, kind):
                    try:
                        self._bring_up_to_date(index, engine, options["if_needed"])
                    except EngineError as error:
                        raise CommandError(str(error)) from error

    def _bring_up_to_date(self, index: Index, engine: Engine, if_needed: bool) -> None:
        follows.unpause(engine)
        if if_needed and _is_current(engine):
            count = keep_up(index, engine, may_rebuild_shared=True)
            self.stdout.write(f"{engine.follower}: {count} changes delivered")
            return
        name = engine.follower
        with tqdm(desc=name, unit=" documents", disable=not sys.stderr.isatty()) as bar:
            count = rebuild(index, engine, bar.update)
        self.stdout.write(f"{name}: {count} documents")


def _is_current(engine: Engine) -> bool:
    is_known = Follower.objects.filter(name=engine.follower, is_current=True).exists()
    return is_known and not is_outdated(engine)
