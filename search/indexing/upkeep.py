"""Brings one follower up to date: rebuilds it where it must, lets it be where it just failed."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from search.documents import Index
from search.engines import distrust
from search.engines.base import Engine, EngineError, IndexMissingError
from search.indexing import followers, pauses
from search.indexing.drain import drain
from search.indexing.followers import LeaseError
from search.indexing.poorer import PoorerError
from search.indexing.rebuild import rebuild
from search.models import Follower

PUT_OFF = 3600.0
"""Seconds before a rebuild is tried again that gave a much poorer index."""

logger = logging.getLogger(__name__)

_put_off: dict[str, float] = {}
"""Until when (`time.monotonic`) this process does not rebuild an index."""


def keep_up(
    index: Index,
    engine: Engine,
    *,
    may_rebuild_shared: bool,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Deliver what is pending, unless the engine failed just now; how many changes that were.

    An index that is missing or unfit, or that was not built since it follows, is built first. One
    that machines share is built by workers and commands only, so that no web server is busy with
    it; and it is asked before anything is claimed, as others could not deliver what is claimed by
    a machine that is cut off.

    Raises `EngineError` after noting that the engine could not be reached.
    """
    row = followers.keep(index, engine)
    if pauses.is_paused(row.name):
        return 0
    try:
        if not row.is_current and (engine.is_local or may_rebuild_shared):
            with suppress(LeaseError, PoorerError):  # Until it is built, the old one is kept up.
                _build(index, engine)
        try:
            delivered = _deliver(index, engine, should_stop)
        except IndexMissingError as error:
            distrust(index, engine, error)
            if not (engine.is_local or may_rebuild_shared):
                raise
            _build(index, engine)
            delivered = drain(index, engine, should_stop)
    except EngineError as error:
        followers.pause(row, error)
        raise
    followers.resume(row)
    return delivered


def _deliver(index: Index, engine: Engine, should_stop: Callable[[], bool]) -> int:
    if not engine.is_local:
        engine.check()
        return drain(index, engine, should_stop)
    try:
        delivered = drain(index, engine, should_stop)
    except EngineError:
        engine.check()  # Somebody may have damaged it.
        raise
    if not delivered:
        # Nothing that is delivered would tell of an index that was lost.
        engine.check()
    return delivered


def _build(index: Index, engine: Engine) -> None:
    """Build an index, unless another process does so first.

    Raises `LeaseError` or `PoorerError` if it stays as it is; the latter is told, and not tried
    again for an hour, as it takes long.
    """
    name = engine.follower
    if _put_off.get(name, 0.0) > time.monotonic():
        raise PoorerError(f"{name} is not built again so soon.")
    try:
        rebuild(index, engine, is_needed=partial(_is_to_be_built, engine))
    except PoorerError as error:
        _put_off[name] = time.monotonic() + PUT_OFF
        logger.error("%s was not replaced: %s", name, error)
        raise


def _is_to_be_built(engine: Engine) -> bool:
    """Whether the index is unfit or misses something; another process may just have built it."""
    if Follower.objects.filter(name=engine.follower, is_current=True).exists():
        try:
            engine.check()
        except IndexMissingError:
            pass
        else:
            return False
    logger.info("%s is built.", engine.follower)
    return True


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
