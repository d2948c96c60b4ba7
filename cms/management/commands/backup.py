"""Make a backup of the database and the uploads, while the site goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.backups.errors import BackupError
from cms.backups.folder import prune
from cms.backups.making import make
from search.management.piping import PipedCommand


class Command(PipedCommand):
    """Each backup is a folder of its own, which has its name when it is complete."""

    help = gettext_lazy("Make a backup of the database and the uploads, while the site goes on.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and how many stay."""
        parser.add_argument("folder", type=Path, help=_("the folder in which the backups lie"))
        parser.add_argument(
            "--keep", type=int, help=_("remove older ones, when this one is ready: so many stay")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, say what lacks, remove what is too many."""
        folder, keep = options["folder"], options["keep"]
        if keep is not None and keep < 1:
            raise CommandError(_("--keep must be at least 1: the backup that is made now."))
        try:
            made = make(folder)
        except (BackupError, OSError) as error:
            raise CommandError(
                _("No backup was made. %(reason)s") % {"reason": error}, returncode=1
            ) from error
        self.stdout.write(
            ngettext(
                "Backup made: %(folder)s, with %(number)s upload.",
                "Backup made: %(folder)s, with %(number)s uploads.",
                made.files,
            )
            % {"folder": made.folder, "number": made.files}
        )
        for name in made.lacking:
            self.stderr.write(
                _("The site itself does not have this upload: %(name)s") % {"name": name}
            )
        for gone in prune(folder, keep) if keep else []:
            self.stdout.write(_("Removed: %(folder)s") % {"folder": gone})
