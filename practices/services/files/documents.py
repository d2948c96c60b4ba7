"""Documents: what their name says is what they are, and nothing in them runs by itself.

Whoever opens one from a site of the government trusts it. What is in a file is looked at, not what
a browser says of it; the work is bounded.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from practices.services.files.unfit import UnfitFileError

SAMPLE = 4096
MOST_PARTS = 5000
MOST_PAGES = 2000
"""Parts of an office file, pages of a PDF: so many are looked at; one with more is refused."""
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
RUNS = ("vbaproject.bin", "activex", "basic/", "scripts/", "macros")
"""What the names of parts of an office file have in them that run something."""
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMedia"}
"""Actions of a PDF that do more than go somewhere in it or open a link."""


UNREADABLE = (
    PyPdfError, BadZipFile, zlib.error, struct.error, AttributeError, EOFError, LookupError,
    NotImplementedError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What the two libraries raise for files that are broken, or made so that they fall over."""
MOST_STEPS = 50
"""Actions of a PDF that follow each other; one with more does something by itself."""


def check_document(file: IO[bytes], extension: str) -> None:
    """Look through a document. Raises `UnfitFileError`; the file stands at its beginning again."""
    try:
        looker = LOOKERS.get(extension)
        if looker is not None:
            looker(file, extension)
    finally:
        file.seek(0)


def _text(file: IO[bytes], _extension: str) -> None:
    """Text has no NUL, and is no page or script for a browser."""
    sample = file.read(SAMPLE)
    if b"\0" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _is_something_else()
    if (
        sample.lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype", b"<html", b"<script"))
    ):
        raise _is_something_else()


def _office(file: IO[bytes], extension: str) -> None:
    try:
        with ZipFile(file) as parts:
            names = [name.lower() for name in parts.namelist()[: MOST_PARTS + 1]]
            if len(names) > MOST_PARTS:
                raise _is_too_much()
            if any(part.flag_bits & 1 for part in parts.infolist()[:MOST_PARTS]):
                raise _is_locked()
            is_right = _is_office_file(parts, names, extension)
    except UNREADABLE as error:
        raise _is_locked_or_broken(file) from error
    if not is_right:
        raise _is_something_else()
    if any(sign in name for name in names for sign in RUNS):
        raise UnfitFileError(
            _("This file has macros in it. Save it without macros, or make a PDF of it.")
        )


def _is_office_file(parts: ZipFile, names: list[str], extension: str) -> bool:
    if kind := OPEN_DOCUMENT.get(extension):
        if "mimetype" not in names:
            return False
        with parts.open("mimetype") as part:
            return part.read(200).decode("ascii", "replace").strip() == kind
    folder = OFFICE_FOLDERS[extension]
    return "[content_types].xml" in names and any(name.startswith(folder) for name in names)


def _pdf(file: IO[bytes], _extension: str) -> None:
    if not file.read(1024).lstrip().startswith(b"%PDF-"):
        raise _is_something_else()
    file.seek(0)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise _is_locked()
        if len(reader.pages) > MOST_PAGES:
            raise _is_too_much()
        is_active = any(_acts(one) for one in _places_of_actions(reader))
    except UNREADABLE as error:
        raise _is_broken() from error
    if is_active:
        raise UnfitFileError(
            _("This PDF does something by itself when it is opened. Print it to a new PDF.")
        )


def _places_of_actions(reader: Any) -> Iterator[Any]:
    """Where a PDF may have actions: as a whole, of each page, of what stands on it."""
    root = reader.root_object
    names = _plain(root.get("/Names", {}))
    yield {"/S": "/JavaScript"} if "/JavaScript" in names or "/EmbeddedFiles" in names else {}
    yield root.get("/OpenAction")
    yield from _plain(root.get("/AA", {})).values()
    for page in reader.pages:
        yield from _plain(page.get("/AA", {})).values()
        for note in _plain(page.get("/Annots", [])) or []:
            annotation = _plain(note)
            yield annotation.get("/A")
            yield {"/S": annotation.get("/Subtype")}
            yield from _plain(annotation.get("/AA", {})).values()


def _acts(action: Any) -> bool:
    """Whether an action, or one that follows it, does more than go somewhere."""
    waiting, steps = [action], 0
    while waiting:
        found = _plain(waiting.pop())
        if isinstance(found, list):
            waiting += found
        elif isinstance(found, dict):
            steps += 1
            if steps > MOST_STEPS or str(_plain(found.get("/S"))) in ACTIONS:
                return True
            waiting.append(found.get("/Next"))
    return False


def _plain(value: Any) -> Any:
    """What a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value


LOOKERS: dict[str, Callable[[IO[bytes], str], None]] = {
    "pdf": _pdf,
    "txt": _text,
    "csv": _text,
    **dict.fromkeys((*OPEN_DOCUMENT, *OFFICE_FOLDERS), _office),
}


def _is_something_else() -> UnfitFileError:
    return UnfitFileError(
        _("This file is something else than its name says. Save it again as what it is.")
    )


def _is_locked() -> UnfitFileError:
    return UnfitFileError(_("This file has a password. Save it without one."))


def _is_broken() -> UnfitFileError:
    return UnfitFileError(_("This file can't be read. Save it again, or make a PDF of it."))


def _is_too_much() -> UnfitFileError:
    return UnfitFileError(_("This file has too many parts or pages. Split it, or make it simpler."))


def _is_locked_or_broken(file: IO[bytes]) -> UnfitFileError:
    """An office file with a password is no ZIP file, but one of the old kind."""
    file.seek(0)
    return _is_locked() if file.read(4) == b"\xd0\xcf\x11\xe0" else _is_something_else()
