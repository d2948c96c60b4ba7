"""What a server does when it begins: deliver what an earlier process left, and warm the engine."""

import logging
import threading

from django.db import connection

from search.documents import registered
from search.engines import engine_for
from search.outbox import drain

logger = logging.getLogger(__name__)


def catch_up_in_background() -> threading.Thread:
    """Begin at once and never hold up or fail the start of the server."""
    thread = threading.Thread(target=_catch_up, name="search-catch-up", daemon=True)
    thread.start()
    return thread


def _catch_up() -> None:
    try:
        for index in registered():
            drain(index)
            engine_for(index).status()
    except Exception as error:  # noqa: BLE001 (a start never fails because of the search)
        logger.warning("The search did not catch up at the start: %s", error)
    finally:
        connection.close()
