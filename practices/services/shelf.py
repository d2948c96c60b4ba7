"""What was made of a practice and is kept for all processes: its PDF, the picture of a link to it.

A practice has one of a kind, with the version of what it was made of. So one that is out of date
is never found, whatever changed and whoever forgot to say so; removing it only saves space.

A shelf in a database that can only be read for a while spares no work, and breaks no page: Django
removes what ran out when somebody asks for it, and makes room when it keeps something.
"""

from collections.abc import Iterable
from contextlib import suppress
from time import time
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.db import InterfaceError, InternalError, OperationalError

from practices.models import PracticePage
from practices.selectors import public_pages
from search.documents import batches

ALIAS = "shelf"
KINDS = ("pdf", "picture")
_unable = suppress(InterfaceError, InternalError, OperationalError)
"""Goes on without the shelf where the database refuses it; suppresses any number of times."""


class Kept(NamedTuple):
    """A file, and when it was made in seconds since 1970."""

    content: bytes
    made_at: float


def is_shared() -> bool:
    """Whether the project has a shelf that all its processes see."""
    return ALIAS in settings.CACHES


def shelf() -> BaseCache:
    """The cache `shelf` of the settings, without it the default."""
    return caches[ALIAS if is_shared() else "default"]


def find(kind: str, practice: int, version: str) -> Kept | None:
    """What was made of exactly this version; one query."""
    of_version, *kept = look(f"{kind}:{practice}") or ("",)
    return Kept(*kept) if of_version == version else None


def keep(kind: str, practice: int, version: str, content: bytes) -> None:
    """Keep a file in place of an older one, unless the practice went while it was made."""
    with _unable:
        shelf().set(f"{kind}:{practice}", (version, content, time()), timeout=None)
        if not public_pages(PracticePage).filter(pk=practice).exists():
            remove([practice])


def look(key: str) -> Any:
    """What else was noted under a key; None where it ran out, or nothing can be read."""
    with _unable:
        return shelf().get(key)
    return None


def claim(key: str, value: object, seconds: int) -> bool:
    """Note something for so long, unless somebody did before; whether it was noted."""
    with _unable:
        return shelf().add(key, value, seconds)
    return False


def remove(practices: Iterable[int]) -> None:
    """Remove what was made of practices that changed, or may not be read any more."""
    for batch in batches(list(practices)):
        shelf().delete_many([f"{kind}:{practice}" for practice in batch for kind in KINDS])
