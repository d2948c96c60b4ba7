"""Make a backup of the site while it goes on, and put one back into an empty site."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from cms.backups import uploads
from cms.backups.checksums import verify, write_list
from cms.backups.databases import Database, database
from cms.backups.errors import BackupError
from cms.backups.folder import chosen, new_backup

CARD = "backup.json"
MEDIA = "media"
ATTEMPTS = 3


@dataclass(frozen=True)
class Backup:
    """What was made."""

    folder: Path
    files: int
    lacking: list[str]
    """Uploads that the database names, and that the site itself has not."""


def make(parent: Path) -> Backup:
    """Make a backup in a folder of backups. Raises `BackupError`, also while another is made.

    The database comes first, then the uploads. A file is stored before the row that names it is
    committed, so what the copy of the database names was there; if it was deleted before its turn
    came, so was its row, and all is copied once more.
    """
    moment = datetime.now(UTC)
    source = database()
    with new_backup(parent, moment) as folder:
        files, lacking = _copy(source, folder)
        card = {"made": moment.isoformat(), "database": source.file, "migrations": _applied()}
        (folder / CARD).write_text(json.dumps(card, indent=1))
        write_list(folder)
    stamp()
    made = chosen(parent)
    return Backup(made, files, lacking)


def stamp() -> None:
    """Tell who watches the backups that one is ready."""
    if path := getattr(settings, "BACKUP_STAMP", ""):
        Path(path).touch()


def _copy(source: Database, folder: Path) -> tuple[int, list[str]]:
    """Fill a folder; how many uploads are in it, and which the site has not."""
    before: set[str] | None = None
    for _attempt in range(ATTEMPTS):
        shutil.rmtree(folder / MEDIA, ignore_errors=True)
        (folder / source.file).unlink(missing_ok=True)
        (folder / MEDIA).mkdir()
        named = source.dump(folder / source.file, uploads.columns())
        copied = uploads.copy_to(folder / MEDIA)
        lacking = named - copied
        if not lacking or lacking == before:
            return len(copied), sorted(lacking)
        before = lacking
    raise BackupError(_("Uploads disappear faster than they can be copied. Try again."))


def restore(path: Path) -> Path:
    """Put a backup, or the newest in a folder, into an empty site; which one it was.

    The index is not in it: build that afterwards. What was interrupted can be done again. Raises
    `BackupError`, before anything was changed.
    """
    backup = _whole(path)
    target = database()
    card = json.loads((backup / CARD).read_text())
    _refuse_what_does_not_fit(target, card)
    if not target.is_empty():
        raise BackupError(
            _(
                "The database is not empty. A backup is put back into an empty one only, so that "
                "nothing is lost: make a new database, or move the old one away."
            )
        )
    if strange := uploads.strange_to(backup / MEDIA):
        raise BackupError(
            _(
                "The folder of uploads has files that are not in the backup (%(file)s, for one). "
                "Move them away first, so that nothing is lost."
            )
            % {"file": strange[0]}
        )
    uploads.put_back(backup / MEDIA)
    target.load(backup / target.file)
    return backup


def _whole(path: Path) -> Path:
    """The backup at a path, or the newest one in it, of which every file is as it was."""
    try:
        backup = chosen(path)
        verify(backup)
    except PermissionError as error:
        raise BackupError(
            _(
                "The user under which the site runs may not read %(file)s. Give the backup to "
                "that user, with chown --recursive. Nothing was put back."
            )
            % {"file": error.filename}
        ) from error
    return backup


def _refuse_what_does_not_fit(target: Database, card: dict[str, object]) -> None:
    if card["database"] != target.file:
        raise BackupError(
            _(
                "This backup is of another kind of database: it has %(file)s, and DATABASE_URL "
                "leads to one that reads %(wanted)s."
            )
            % {"file": card["database"], "wanted": target.file}
        )
    known = MigrationLoader(None).disk_migrations
    migrations = card["migrations"]
    assert isinstance(migrations, list)  # noqa: S101 (`make` wrote it)
    newer = [one for one in migrations if tuple(one) not in (known or {})]
    if newer:
        raise BackupError(
            _(
                "This backup was made by a newer version of the site (it knows %(migration)s). "
                "Install that version first."
            )
            % {"migration": ".".join(newer[0])}
        )


def _applied() -> list[list[str]]:
    """The migrations of the database that have a file here, as they are written in the card."""
    loader = MigrationLoader(connection)
    return sorted(
        [app, name]
        for app, name in loader.applied_migrations
        if (app, name) in (loader.disk_migrations or {})
    )
