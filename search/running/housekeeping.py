"""The timed jobs of the search itself."""

import logging
from collections.abc import Iterator
from datetime import time, timedelta
from functools import partial

from search.documents import Index, registered
from search.engines import followers
from search.engines.base import Engine
from search.indexing import followers as follows
from search.indexing import meanings
from search.indexing.check import compare, repair
from search.indexing.forgetting import drop_gone
from search.indexing.poorer import PoorerError
from search.running import loops, tasks
from search.running.jobs import Job, register
from search.running.loops import Loop

NIGHT = time(3, 0)

logger = logging.getLogger(__name__)

loops.register(tasks.loop)


@loops.register
def meaning_loop() -> Loop:
    """The thread of a server or worker that makes vectors of what changed."""
    return Loop("search-meaning", meanings.look)


@register
def search_jobs() -> Iterator[Job]:
    """A check of each index that this machine delivers to, and the end of those that are gone."""
    yield Job("drop followers", drop_gone, every=timedelta(hours=6))
    for index in meanings.meant():
        yield Job(f"search_meaning {index.name}", partial(meanings.make_all, index), at=NIGHT)
    for index in registered():
        for engine in followers(index):
            name = f"search_check {engine.follower}"
            check = partial(check_and_mend, index, engine)
            yield Job(name, check, at=NIGHT, is_local=engine.is_local)


def check_and_mend(index: Index, engine: Engine) -> None:
    """Repair what differs, and log it: an index that drifts is a mistake somewhere."""
    drift = compare(index, engine)
    if not drift:
        follows.set_alarm(engine, "")
        return
    logger.error("%s differs from the database: %s", engine.follower, drift)
    try:
        left = repair(index, engine, drift)
    except PoorerError as error:
        logger.error("%s was not repaired: %s", engine.follower, error)
    else:
        logger.error("%s after its repair: %s", engine.follower, left or "equal")
