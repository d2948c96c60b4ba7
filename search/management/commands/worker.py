"""Deliver changes, run queued tasks and timed jobs, until it is stopped."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.management.piping import PipedCommand
from search.running.worker import SecondWorkerError, Worker, alone


class Command(PipedCommand):
    """Any number of them on PostgreSQL, one on SQLite."""

    help = gettext_lazy("Deliver changes, run queued tasks and timed jobs, until it is stopped.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        try:
            with alone():
                Worker().run()
        except SecondWorkerError:
            raise CommandError(_("Another worker runs, and SQLite bears one only.")) from None
