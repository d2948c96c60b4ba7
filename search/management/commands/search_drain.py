"""Deliver pending changes to the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from search.documents import registered
from search.outbox import drain


class Command(BaseCommand):
    """Delivers what an interrupted process left behind."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain the outbox of every index."""
        for index in registered():
            self.stdout.write(f"{index.name}: {drain(index)} changes delivered")
