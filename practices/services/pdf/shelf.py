"""The PDFs that were made, in a folder: `12/<digest>.pdf` for practice 12.

The name holds the digest of what the PDF was made of. So one that is out of date is never found,
whatever changed and whoever forgot to say so; removing it only saves space.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.conf import settings

from practices.services.pdf.typesetting import Source


class Kept(NamedTuple):
    """A PDF, and when it was made in seconds since 1970."""

    content: bytes
    made_at: float


def folder() -> Path | None:
    """Where they stand: the setting `PRACTICE_PDFS`; None where a project has none."""
    place = getattr(settings, "PRACTICE_PDFS", None)
    return Path(place) if place else None


def find(source: Source) -> Kept | None:
    """The PDF made of exactly this."""
    place = _place(source)
    with suppress(FileNotFoundError), place.open("rb") as file:
        return Kept(file.read(), os.fstat(file.fileno()).st_mtime)
    return None


def keep(source: Source, content: bytes) -> None:
    """Keep a PDF, and no other of the same practice; there is never half a one."""
    place = _place(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(place)
    for other in place.parent.iterdir():
        if other != place:
            other.unlink(missing_ok=True)


def remove(practices: Iterable[int]) -> None:
    """Remove the PDFs of practices that changed, or may not be read any more."""
    top = folder()
    if top is None or not top.exists():
        return
    for practice in practices:
        shutil.rmtree(top / str(practice), ignore_errors=True)


def kept_practices() -> set[int]:
    """The ids of the practices that have a PDF, or half of one."""
    top = folder()
    if top is None or not top.exists():
        return set()
    return {int(one.name) for one in top.iterdir() if one.name.isdigit()}


def _place(source: Source) -> Path:
    top = folder()
    if top is None:
        raise FileNotFoundError("PRACTICE_PDFS is not set.")
    return top / str(source.practice) / f"{source.digest}.pdf"
