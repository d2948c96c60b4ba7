"""Put a backup back into an empty site, and build its search index."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.backups.errors import BackupError
from cms.backups.making import restore
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Checks everything before it changes anything."""

    help = gettext_lazy("Put a backup back into an empty site, and build its search index.")
    # The tables of the site are not there yet.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument(
            "backup", type=Path, help=_("a backup, or a folder of backups: then its newest")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it back, bring it to this version, build the index."""
        try:
            backup = restore(options["backup"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Put back: %(folder)s") % {"folder": backup})
        call_command("migrate", verbosity=0)
        # What came after the copy is gone, and may go from an index too.
        call_command("search_rebuild", allow_shrink=True, stdout=self.stdout)
