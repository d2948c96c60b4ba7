"""The timed jobs of the search itself."""

import logging
from collections.abc import Iterator
from datetime import time, timedelta
from functools import partial

from search.documents import Index, registered
from search.engines import followers
from search.engines.base import Engine
from search.indexing.check import compare, repair
from search.indexing.followers import drop_gone
from search.running.jobs import Job, register

NIGHT = time(3, 0)

logger = logging.getLogger(__name__)


@register
def search_jobs() -> Iterator[Job]:
    """A check of each index that this machine delivers to, and the end of those that are gone."""
    yield Job("drop followers", drop_gone, every=timedelta(hours=6))
    for index in registered():
        for engine in followers(index):
            name = f"search_check {engine.follower}"
            check = partial(check_and_mend, index, engine)
            yield Job(name, check, at=NIGHT, is_local=engine.is_local)


def check_and_mend(index: Index, engine: Engine) -> None:
    """Repair what differs, and log it: an index that drifts is a mistake somewhere."""
    drift = compare(index, engine)
    if drift:
        logger.error("%s differs from the database: %s", engine.follower, drift)
        left = repair(index, engine, drift)
        logger.error("%s after its repair: %s", engine.follower, left or "equal")
