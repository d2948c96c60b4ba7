"""How gunicorn serves WegWijzer, for `make run` and production alike; flags and environment win."""

import gc
import logging
import os
from pathlib import Path
from typing import Any

from cms import logs
from cms.metrics import files

# Threads, so that a slow client doesn't hold up a worker; two, because more of them only wait for
# each other: eight clients got a fifth fewer pages from four. Where searches wait for another
# machine, four: with two, half of eight visitors waited for the deadlines of the others too.
worker_class = "cms.web_worker.EvenWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4 if os.environ.get("SEARCH_URL", "").lower().startswith("http") else 2

# A search may carry a query of any length: the site itself cuts it and says so.
limit_request_line = 0

# The heartbeat goes to memory, not to a disk that may be slow.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 (no path of ours)

# No control socket in the home folder: nothing is written outside the project.
control_socket_disable = True

_production = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")
if os.environ.get("LOG_FORMAT", "json" if _production else "text") == "json":
    logconfig_dict = logs.gunicorn_configuration("json")
    # Python's warnings too: every line is JSON.
    logging.captureWarnings(True)

# Before a worker imports Prometheus' library, which looks for it once.
files.share_if_asked(Path(__file__).parent)


def post_fork(server: Any, worker: Any) -> None:
    """Take the room that a worker's measurements need, before it imports anything."""
    files.reserve()


def post_worker_init(worker: Any) -> None:
    """Let the collector look at what requests make, not again and again at the site itself.

    Rendering a page makes thousands of objects that are gone with it; measured on the search page
    this takes a tenth off its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that ended; its counters go on counting."""
    files.forget(worker.pid)
