"""`manage.py prepare`: a site ready to serve."""

from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext_lazy

from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Runs, in one process, every step between an installed and a running demonstration site."""

    help = gettext_lazy("Set up the site, load the demo and bring the index up to date.")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("demo")
        call_command("search_rebuild", if_needed=True)
