"""How style sheets are served: a file for each component in the sources, one for all in a site."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from posixpath import dirname, join, normpath, relpath
from typing import Any

from django.core.files.base import ContentFile
from tqdm import tqdm
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "cms/css/site.css"
_IMPORT = re.compile(r'@import url\("([\w./-]+\.css)"\)(?: layer\((\w+)\))?;')
_ADDRESS = re.compile(r'url\("([\w./-]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_STRING = re.compile(r'("[^"]*")')
_SPACES = re.compile(r"\s*([{};,])\s*|(:)\s+")

Paths = Mapping[str, tuple[Any, str]]


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, of which the sheet of the site holds what it imports.

    A browser would ask for the imported files only after it has read the sheet, one by one.
    """

    @cached_property
    def _address(self) -> Any:
        return cache(super().url)

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; worked out once, as a process reads the manifest once."""
        address: str = self._address(name, force)
        return address

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put the imported sheets into the one that imports them, then hash all."""
        if SHEET in paths and not dry_run:
            # From the sources, as what stands in the target may be the whole of last time.
            whole = with_imports(SHEET, lambda name: _read(paths, name))
            self.delete(SHEET)
            self._save(SHEET, ContentFile(whole.encode()))
            paths = {**paths, SHEET: (self, SHEET)}
        # Hashing and compressing takes a while, of which Django tells nothing.
        yield from tqdm(
            super().post_process(paths, dry_run, **options),
            desc="static files",
            unit=" files",
            disable=None,
        )


def with_imports(name: str, read: Any) -> str:
    """A sheet in which each `@import url("…")` is that sheet's text, in its layer if it says one.

    Without comments, and without spaces that mean nothing.
    """

    def imported(match: re.Match[str]) -> str:
        found = normpath(join(dirname(name), match[1]))

        def address(inner: re.Match[str]) -> str:
            return f'url("{relpath(join(dirname(found), inner[1]), dirname(name))}")'

        text = packed(_ADDRESS.sub(address, _COMMENT.sub("", with_imports(found, read))))
        return f"@layer {match[2]}{{{text}}}" if match[2] else text

    return _IMPORT.sub(imported, read(name))


def packed(sheet: str) -> str:
    """A sheet without the spaces and line ends around its signs; strings stay as they are."""
    parts = _STRING.split(sheet.strip())
    parts[::2] = [_SPACES.sub(r"\1\2", part) for part in parts[::2]]
    return "".join(parts)


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
