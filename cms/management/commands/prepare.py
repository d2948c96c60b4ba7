"""`manage.py prepare`: a site ready to serve."""

from typing import Any

from django.core.management import call_command

from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Runs, in one process, every step between an installed and a running demonstration site."""

    help = "Set up the site, load the demo and bring the index up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("demo")
        call_command("search_rebuild", if_needed=True)
