"""The engines: one interface, many ways to search; only this folder touches a search library."""

from functools import cache

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
    scheme = url.partition(":")[0].lower()
    if scheme == "tantivy":
        from search.engines.tantivy import TantivyEngine

        return TantivyEngine.from_url(url, index)
    if scheme in ("http", "https"):
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine.from_url(url, index)
    raise ImproperlyConfigured(
        "SEARCH_URL names no engine. Write tantivy:///path/of/a/folder or https://host:9200/prefix."
    )


def reader_for(index: Index) -> Reader:
    """What answers the questions of one search."""
    return engine_for(index).reader()
