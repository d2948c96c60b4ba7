"""The engines: one interface, many ways to search; only this folder touches a search library."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.documents import Index
from search.engines.base import Engine, Reader


@cache
def engine_for(index: Index) -> Engine:
    """The engine that `SEARCH_URL` names, for one index.

    Raises `ImproperlyConfigured` with a sentence that names the setting if it names none.
    """
    url: str = settings.SEARCH_URL
    scheme = urlsplit(url).scheme
    if scheme == "tantivy":
        from search.engines.tantivy import TantivyEngine

        return TantivyEngine.from_url(url, index)
    raise ImproperlyConfigured(
        f"SEARCH_URL begins with “{scheme}:”. Write tantivy:///path/of/a/folder."
    )


def followers(index: Index) -> tuple[Engine, ...]:
    """The engines that this machine delivers changes to."""
    return (engine_for(index),)


def reader_for(index: Index) -> Reader:
    """What answers the questions of one search."""
    return engine_for(index).reader()
