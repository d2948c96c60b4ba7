"""Deliver changes, run queued tasks and timed jobs, until it is stopped."""

from typing import Any

from django.core.management.base import CommandError

from search.management.piping import PipedCommand
from search.running.worker import SecondWorkerError, Worker, alone


class Command(PipedCommand):
    """Any number of them on PostgreSQL, one on SQLite."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        try:
            with alone():
                Worker().run()
        except SecondWorkerError as error:
            raise CommandError(str(error)) from None
