"""The folder in which backups lie, each in a folder named after its moment (UTC)."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from cms.backups.checksums import LIST
from cms.backups.errors import BackupError
from search.engines.locks import FileLock

FORM = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
_PARTIAL = ".partial"


@contextmanager
def new_backup(parent: Path, moment: datetime) -> Iterator[Path]:
    """A folder to fill; it has its name when the block ends well, and is gone when it does not.

    What a killed backup left is removed first. Raises `BackupError` while another is being made.
    """
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(parent / ".lock").held(wait=False):
            for left in parent.glob(f"*{_PARTIAL}"):
                shutil.rmtree(left)
            final = parent / moment.strftime(FORM)
            if final.exists():
                raise BackupError(_("%(folder)s is there already.") % {"folder": final})
            partial = final.with_name(final.name + _PARTIAL)
            partial.mkdir(mode=0o700)
            try:
                yield partial
                _keep(partial)
                partial.rename(final)
                _keep_entry(parent)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
    except BlockingIOError:
        raise BackupError(
            _("Another backup is being made in %(folder)s: wait until it is ready.")
            % {"folder": parent}
        ) from None


def finished(parent: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(
        path for path in parent.iterdir() if _NAME.fullmatch(path.name) and _is_backup(path)
    )


def chosen(path: Path) -> Path:
    """The backup at a path, or the newest one in it. Raises `BackupError` where there is none."""
    if _is_backup(path):
        return path
    if path.is_dir() and (found := finished(path)):
        return found[-1]
    raise BackupError(_("There is no backup in %(folder)s.") % {"folder": path})


def prune(parent: Path, keep: int) -> list[Path]:
    """Remove all backups in a folder but the newest so many; those that are gone."""
    gone = finished(parent)[:-keep]
    for backup in gone:
        # Without its list it is no backup any more, should this be interrupted.
        (backup / LIST).unlink()
        shutil.rmtree(backup)
    return gone


def _is_backup(path: Path) -> bool:
    return (path / LIST).is_file()


def _keep(folder: Path) -> None:
    """Have all of it on the disk, not only in memory."""
    for path in [folder, *folder.rglob("*")]:
        _keep_entry(path)


def _keep_entry(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
