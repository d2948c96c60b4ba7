"""Deliver pending changes to every search index of this machine."""

import time
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy, ngettext

from search.documents import Index, registered
from search.engines import followers
from search.engines.base import Engine, EngineError
from search.indexing import pauses
from search.indexing.claims import LEASE, waiting
from search.indexing.upkeep import keep_up
from search.management.piping import PipedCommand

PAUSE = 0.2


class Command(PipedCommand):
    """Delivers what an interrupted process left behind, also what that had claimed."""

    help = gettext_lazy("Deliver pending changes to every search index of this machine.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain the outbox for every index."""
        for index in registered():
            for engine in followers(index):
                pauses.lift(engine.follower)
                count, left = self._drain(index, engine)
                self.stdout.write(
                    ngettext(
                        "%(name)s: %(count)s change delivered, %(left)s left",
                        "%(name)s: %(count)s changes delivered, %(left)s left",
                        count,
                    )
                    % {"name": engine.follower, "count": count, "left": left}
                )

    def _drain(self, index: Index, engine: Engine) -> tuple[int, int]:
        """Deliver until nothing waits, or until claims of dead processes have come free."""
        deadline = time.monotonic() + LEASE.total_seconds() * 1.5
        count = 0
        try:
            while True:
                count += keep_up(index, engine, may_rebuild_shared=True)
                left = waiting(engine.follower).count()
                if not left or time.monotonic() > deadline:
                    return count, left
                time.sleep(PAUSE)
        except EngineError as error:
            raise CommandError(str(error)) from error
