"""Brings one follower up to date: rebuilds it where it must, lets it be where it just failed."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from search.documents import Index
from search.engines.base import Engine, EngineError, IndexMissingError, Request
from search.indexing import followers
from search.indexing.drain import drain
from search.indexing.followers import LeaseError
from search.indexing.rebuild import rebuild
from search.models import Follower

logger = logging.getLogger(__name__)


def keep_up(
    index: Index,
    engine: Engine,
    *,
    may_rebuild_shared: bool,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Deliver what is pending, unless the engine failed just now; how many changes that were.

    An index that is missing, or that was not built since it follows, is built first. One that
    machines share is built by workers and commands only, so that no web server is busy with it.

    Raises `EngineError` after noting that the engine could not be reached.
    """
    row = followers.keep(index, engine)
    if followers.is_paused(row):
        return 0
    may_rebuild = engine.is_local or may_rebuild_shared
    try:
        if may_rebuild and not row.is_current:
            with suppress(LeaseError):  # Until the other has built it, the old one is kept up.
                _build(index, engine)
        try:
            delivered = drain(index, engine, should_stop)
            if may_rebuild and not delivered:
                # Nothing that is delivered would tell of an index that was lost.
                engine.total(Request(limit=1))
        except IndexMissingError:
            if not may_rebuild:
                raise
            _build(index, engine)
            delivered = drain(index, engine, should_stop)
    except EngineError as error:
        followers.pause(row, error)
        raise
    if delivered or may_rebuild:
        # Who had nothing to deliver and did not ask knows nothing of the engine.
        followers.resume(row)
    return delivered


def _build(index: Index, engine: Engine) -> None:
    logger.info("%s is built.", engine.follower)
    rebuild(index, engine, is_needed=partial(_is_unfit, engine))


def _is_unfit(engine: Engine) -> bool:
    """Whether the index is missing or misses something; another process may just have built it."""
    if not Follower.objects.filter(name=engine.follower, is_current=True).exists():
        return True
    try:
        engine.status()
    except IndexMissingError:
        return True
    return False


def is_outdated(engine: Engine) -> bool:
    """Whether there is no index, or another version of the code built it.

    Raises `EngineError` if the engine cannot tell.
    """
    try:
        return engine.status().schema != engine.schema_version()
    except IndexMissingError:
        return True


def renounce_outdated(engine: Engine) -> None:
    """Let an index that another version of the code built count as one to be built.

    Raises `EngineError` if the engine cannot tell.
    """
    if is_outdated(engine):
        followers.set_current(engine, is_current=False)
