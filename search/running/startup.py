"""What a server does when it begins: deliver in the background, keep time, warm the engine."""

import atexit
import logging
import threading

from search import tasks
from search.documents import registered
from search.engines import followers
from search.engines.base import EngineError
from search.indexing import delivery
from search.meaning.nearest import warm
from search.running import jobs, loops

logger = logging.getLogger(__name__)


def start_in_background() -> None:
    """Begin at once, and never hold up or fail the start of the server."""
    tasks.begin()
    threading.Thread(target=_start, name="search-start", daemon=True).start()


def _start() -> None:
    try:
        delivery.start(may_rebuild_shared=False)
        atexit.register(delivery.stop, seconds=2.0)
        jobs.Timekeeper(is_worker=False).start()
        loops.start()
        atexit.register(loops.stop)
    except Exception as error:  # noqa: BLE001 (a start never fails because of the search)
        logger.warning("The search did not start its threads: %s", error)
    for index in registered():
        # The standby first, as it is needed most where the engine does not answer.
        for engine in reversed(followers(index)):
            try:
                engine.status()
            except EngineError as error:
                logger.warning("%s did not warm up at the start: %s", engine.follower, error)
        try:
            warm(index)
        except Exception as error:  # noqa: BLE001 (as above: the first question loads it then)
            logger.warning("The meaning of %s did not warm up: %s", index.name, error)
