"""Index folders for tests: no test sees what another one indexed, unless its module says so."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from practices import registers
from search import engines

_in_use: list[Path] = []


def is_chosen() -> bool:
    """Whether a wider fixture chose the folder already."""
    return bool(_in_use)


@contextmanager
def index_in(folder: Path) -> Iterator[Path]:
    """Search in this folder, which is removed at the end; it need not exist yet."""
    before = settings.SEARCH_URL
    settings.SEARCH_URL = f"tantivy://{folder}"
    _in_use.append(folder)
    forget()
    try:
        yield folder
    finally:
        settings.SEARCH_URL = before
        _in_use.remove(folder)
        forget()
        shutil.rmtree(folder, ignore_errors=True)


def forget() -> None:
    """Drop what this process remembers of engines and registers."""
    engines.forget()
    registers.forget()
