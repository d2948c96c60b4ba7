"""`manage.py prepare`: a site ready to serve."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs, in one process, every step between an installed and a running demonstration site."""

    help = "Migrates, loads reference data and demo content, brings the index up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("reference")
        call_command("demo")
        call_command("search_rebuild", if_needed=True)
