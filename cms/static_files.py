"""How style sheets are served: a file for each component in the sources, one for all in a site."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "cms/css/site.css"
_IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\) layer\((\w+)\);')
_NOT_NEEDED = re.compile(r"/\*.*?\*/\s*|(?<=\n)\s+", re.DOTALL)
"""Comments, indents and empty lines."""

Paths = Mapping[str, tuple[Any, str]]


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, of which the sheet of the site holds what it imports.

    A browser would ask for the imported files only after it has read the sheet, one by one.
    """

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put the imported sheets into the one that imports them, then hash all."""
        if SHEET in paths and not dry_run:
            # From the sources, as what stands in the target may be the whole of last time.
            whole = with_imports(SHEET, lambda name: _read(paths, name))
            self.delete(SHEET)
            self._save(SHEET, ContentFile(whole.encode()))
            paths = {**paths, SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def with_imports(name: str, read: Any) -> str:
    """A sheet in which each `@import url("…") layer(…)` is that sheet's text in its layer."""

    def imported(match: re.Match[str]) -> str:
        text = _NOT_NEEDED.sub("", read(join(dirname(name), match[1])))
        return f"@layer {match[2]} {{\n{text}}}"

    return _IMPORT.sub(imported, read(name))


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
