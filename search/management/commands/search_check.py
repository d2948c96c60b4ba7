"""Compare database and search indexes; exit with 1 where they differ."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from search.documents import registered
from search.engines import followers
from search.engines.base import EngineError
from search.indexing.check import Drift, compare, repair
from search.management.piping import PipedCommand

SHOWN = 10


class Command(PipedCommand):
    """Checks every index of this machine: ids and versions of all documents."""

    help = gettext_lazy("Compare database and search indexes; exit with 1 where they differ.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to mend."""
        parser.add_argument(
            "--repair",
            action="store_true",
            help=_("bring what differs into the index again; exit with 0 if all was mended"),
        )
        parser.add_argument(
            "--allow-shrink",
            action="store_true",
            help=_(
                "also where the index then loses many documents, as they are gone from the site"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare all, and mend if asked to."""
        self.must_have_tables()
        differing = 0
        for index in registered():
            for engine in followers(index):
                try:
                    drift = compare(index, engine)
                    self._tell(engine.follower, drift)
                    if drift and options["repair"]:
                        drift = repair(index, engine, drift, may_shrink=options["allow_shrink"])
                        self._tell(
                            _("%(name)s after the repair") % {"name": engine.follower}, drift
                        )
                except (EngineError, DatabaseFault) as error:
                    self.stderr.write(f"{engine.follower}: {error}")
                    differing += 1
                else:
                    differing += bool(drift)
        if differing:
            raise CommandError(
                ngettext(
                    "%(count)s search index differs from the database.",
                    "%(count)s search indexes differ from the database.",
                    differing,
                )
                % {"count": differing}
            )

    def _tell(self, name: str, drift: Drift) -> None:
        if not drift:
            self.stdout.write(_("%(name)s: equal to the database") % {"name": name})
        if drift.fault:
            self.stdout.write(f"{name}: {drift.fault}")
        for kind, ids in (
            (_("missing"), drift.missing),
            (_("surplus"), drift.surplus),
            (_("outdated"), drift.outdated),
        ):
            if ids:
                some = ", ".join(map(str, ids[:SHOWN])) + (" …" if len(ids) > SHOWN else "")
                self.stdout.write(f"{name}: {len(ids)} {kind}: {some}")
