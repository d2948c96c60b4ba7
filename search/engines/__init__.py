"""The engines: one interface, many ways to search; only this folder touches a search library."""

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.documents import Index
from search.engines.base import Engine, EngineError, Reader
from search.engines.failover import BreakerState, FailoverReader, Guard
from search.throttle import Throttle

logger = logging.getLogger(__name__)

_guards: dict[Index, Guard] = {}
"""What this process knows of how its engines do."""

_lines = Throttle()


@cache
def engine_for(index: Index) -> Engine:
    """The engine that `SEARCH_URL` names, for one index.

    Raises `ImproperlyConfigured` with a sentence that names the setting if it names none.
    """
    url: str = getattr(settings, "SEARCH_URL", "")
    scheme = url.partition(":")[0].lower()
    # The choice of an engine: a site loads the library of the one it has, and no other.
    if scheme == "tantivy":
        from search.engines.tantivy.engine import TantivyEngine

        return TantivyEngine.from_url(url, index)
    if scheme in ("http", "https"):
        _need("elasticsearch", "orjson", extra="elasticsearch")
        from search.engines.elasticsearch.engine import ElasticsearchEngine

        return ElasticsearchEngine.from_url(url, index)
    raise ImproperlyConfigured(
        "SEARCH_URL names no engine. Write tantivy:///path/of/a/folder or https://host:9200/prefix."
    )


def _need(*modules: str, extra: str) -> None:
    """Raise `ImproperlyConfigured` with what to install, where one of these modules is not."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise ImproperlyConfigured(
            f"SEARCH_URL asks for Elasticsearch, and {missing[0]} is not installed. "
            f"Run: pip install 'wegwijzer[{extra}]'."
        )


def standby_for(index: Index) -> Engine | None:
    """The local index that answers where the engine on other machines cannot; None without one.

    An embedded engine needs none: what it can fail of would take the standby along. A standby
    whose folder cannot be written to is none either, and that is logged.
    """
    folder: str = getattr(settings, "SEARCH_STANDBY", "")
    if not folder or str(getattr(settings, "SEARCH_URL", "")).startswith("tantivy:"):
        return None
    try:
        return _standby_in(folder, index)
    except OSError as error:
        if _lines.passes():
            logger.warning("There is no standby, as SEARCH_STANDBY cannot be used: %s", error)
        return None


@cache
def _standby_in(folder: str, index: Index) -> Engine:
    # The same choice: a site without a standby need not load what it is made of.
    from search.engines.standby import StandbyEngine

    return StandbyEngine(index, Path(folder))


def followers(index: Index) -> tuple[Engine, ...]:
    """The engines that this machine delivers changes to."""
    standby = standby_for(index)
    return (engine_for(index), standby) if standby else (engine_for(index),)


def reader_for(index: Index) -> Reader:
    """What answers the questions of one search, and no more than one: it may have a deadline."""
    engine, standby = engine_for(index), standby_for(index)
    if standby is None:
        return engine.reader()
    return FailoverReader(engine.reader(), standby.reader(), _guard(index, engine))


def distrust(index: Index, engine: Engine, error: EngineError) -> None:
    """Let the standby answer visitors of this process until the engine is fit to."""
    if engine is engine_for(index) and standby_for(index) is not None:
        _guard(index, engine).distrust(error)


def _guard(index: Index, engine: Engine) -> Guard:
    return _guards.get(index) or _guards.setdefault(index, Guard(engine))


def breaker_states() -> dict[str, BreakerState]:
    """The breakers of this process, by follower; empty where there is no standby, or no search."""
    return {guard.engine.follower: guard.state() for guard in list(_guards.values())}


def forget() -> None:
    """Drop what this process remembers of engines, as when settings changed."""
    for guard in _guards.values():
        guard.stop()
    _guards.clear()
    engine_for.cache_clear()
    _standby_in.cache_clear()
