"""The list of all files of a backup, as `sha256sum --check SHA256SUMS` reads it too."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _

from cms.backups.errors import BackupError

LIST = "SHA256SUMS"
CHUNK = 1024 * 1024
"""Bytes read at once."""


def write_list(folder: Path) -> None:
    """Write the list of every file that lies in a folder."""
    sums = {path: _checksum(folder / path) for path in files_in(folder)}
    lines = [f"{checksum}  {path}\n" for path, checksum in sorted(sums.items())]
    (folder / LIST).write_text("".join(lines))


def verify(folder: Path) -> None:
    """Compare a folder with its list. Raises `BackupError` where they differ."""
    expected = _read(folder / LIST)
    there = files_in(folder)
    if lacking := sorted(expected.keys() - there):
        raise BackupError(
            _("This backup is not complete: %(file)s is missing. Nothing was put back.")
            % {"file": lacking[0]}
        )
    if strange := sorted(there - expected.keys()):
        raise BackupError(
            _("%(file)s does not belong to this backup. Nothing was put back.")
            % {"file": strange[0]}
        )
    for path, checksum in expected.items():
        if _checksum(folder / path) != checksum:
            raise BackupError(
                _("%(file)s was changed after this backup was made. Nothing was put back.")
                % {"file": path}
            )


def files_in(folder: Path) -> set[str]:
    """The paths of all files in a folder, relative to it, without the list itself."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        LIST
    }


def _read(path: Path) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in path.read_text().splitlines())
    return {name: checksum for checksum, name in pairs}


def _checksum(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            made.update(part)
    return made.hexdigest()
