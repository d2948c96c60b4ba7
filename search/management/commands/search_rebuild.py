"""Build the search indexes of this machine anew, beside those that serve."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from tqdm import tqdm

from search.documents import Index, registered
from search.engines import engine_for, followers
from search.engines.base import Engine, EngineError
from search.indexing import meanings, pauses
from search.indexing.rebuild import rebuild
from search.indexing.upkeep import is_outdated, keep_up
from search.management.piping import PipedCommand
from search.models import Follower


class Command(PipedCommand):
    """Rebuilds while the site goes on; an interruption leaves the old indexes serving."""

    help = gettext_lazy("Build the search indexes of this machine anew, beside those that serve.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which indexes, and whether one that is up to date may stay."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help=_(
                "keep an index that this version of the code made; only deliver what is pending"
            ),
        )
        parser.add_argument(
            "--only",
            choices=("engine", "standby"),
            help=_("the index that SEARCH_URL names, or the one of this machine beside it"),
        )

        parser.add_argument(
            "--allow-shrink",
            action="store_true",
            help=_("also where the new index lacks many documents of the old, as they are gone"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild all indexes, or those that need it; one that fails leaves the others to do."""
        self.must_have_tables()
        failed = 0
        for index in registered():
            for engine in followers(index):
                kind = "engine" if engine is engine_for(index) else "standby"
                if options["only"] in (None, kind):
                    try:
                        self._bring_up_to_date(
                            index, engine, options["if_needed"], options["allow_shrink"]
                        )
                    except (EngineError, DatabaseFault) as error:
                        self.stderr.write(f"{engine.follower}: {error}")
                        failed += 1
        if not options["if_needed"]:
            failed += self._make_vectors()
        if failed:
            raise CommandError(
                ngettext(
                    "%(count)s search index was not brought up to date.",
                    "%(count)s search indexes were not brought up to date.",
                    failed,
                )
                % {"count": failed}
            )

    def _make_vectors(self) -> int:
        """Make those of texts or models that changed; how many indexes failed."""
        failed = 0
        for index in meanings.meant():
            name = meanings.Vectors(index).follower
            try:
                meanings.make_all(index)
            except (EngineError, DatabaseFault) as error:
                self.stderr.write(f"{name}: {error}")
                failed += 1
            else:
                self.stdout.write(_("%(name)s: up to date") % {"name": name})
        return failed

    def _bring_up_to_date(
        self, index: Index, engine: Engine, if_needed: bool, may_shrink: bool
    ) -> None:
        pauses.lift(engine.follower)
        if if_needed and _is_current(engine):
            count = keep_up(index, engine, may_rebuild_shared=True)
            self.stdout.write(
                ngettext(
                    "%(name)s: %(count)s change delivered",
                    "%(name)s: %(count)s changes delivered",
                    count,
                )
                % {"name": engine.follower, "count": count}
            )
            return
        name = engine.follower
        with tqdm(desc=name, unit=_(" documents"), disable=not sys.stderr.isatty()) as bar:
            count = rebuild(index, engine, bar.update, may_shrink=may_shrink)
        self.stdout.write(
            ngettext("%(name)s: %(count)s document", "%(name)s: %(count)s documents", count)
            % {"name": name, "count": count}
        )


def _is_current(engine: Engine) -> bool:
    is_known = Follower.objects.filter(name=engine.follower, is_current=True).exists()
    return is_known and not is_outdated(engine)
