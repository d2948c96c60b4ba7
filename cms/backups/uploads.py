"""The files that people upload, as far as Django's storage knows them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField


def columns() -> list[tuple[str, str]]:
    """Every table and column of the database that names a file in the default storage."""
    return sorted(
        {
            (field.model._meta.db_table, str(field.column))
            for model in apps.get_models()
            for field in model._meta.local_concrete_fields
            if isinstance(field, FileField) and field.storage == default_storage
        }
    )


def stored() -> Iterator[str]:
    """The names of all files in the storage; none where there is no folder yet."""
    yield from _below("")


def _below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from _below(f"{folder}{name}/")


def copy_to(folder: Path) -> set[str]:
    """Copy all files of the storage to a folder; their names.

    One that disappears meanwhile is left out.
    """
    copied = set()
    for name in stored():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
        else:
            copied.add(name)
    return copied


def strange_to(folder: Path) -> list[str]:
    """The files in the storage that are not in a folder, or others there, in alphabetical order."""
    return sorted(name for name in stored() if not _is_same(name, folder / name))


def _is_same(name: str, path: Path) -> bool:
    if not path.is_file() or path.stat().st_size != default_storage.size(name):
        return False
    with default_storage.open(name) as file:
        return file.read() == path.read_bytes()


def put_back(folder: Path) -> int:
    """Give the storage the files of a folder that it does not have; how many are there now."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if default_storage.exists(name):
            continue
        with path.open("rb") as file:
            saved = default_storage.save(name, File(file))
        if saved != name:
            raise RuntimeError(f"{name} was stored as {saved}: somebody else writes there too.")
    return len(paths)
