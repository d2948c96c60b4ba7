"""How many requests a real server answers: gunicorn with two workers, asked over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.figures import Figure, percentile
from benchmarks.load import Load
from benchmarks.pages import practice_addresses, search_addresses
from benchmarks.sites import CHECKOUT

WORKERS = "2"
START_SECONDS = 60
SECONDS = 8.0
MINUTE = 60.0


def measure() -> Iterator[Figure]:
    """Search pages for one and eight clients, practice pages for eight."""
    searches, practices = search_addresses(), practice_addresses()
    with serving() as port:
        Load(port, searches, clients=8).run(SECONDS / 2)
        for clients in (1, 8):
            yield from _figures(f"http.search.{clients}", Load(port, searches, clients))
        Load(port, practices, clients=8).run(SECONDS / 4)
        yield from _figures("http.practice.8", Load(port, practices, clients=8))


def measure_elasticsearch() -> Iterator[Figure]:
    """Search pages that Elasticsearch answers: a minute for fifty clients, then for eight.

    In that order: a server that was just started still compiles its code, on the same cores.
    """
    searches = search_addresses()
    with serving() as port:
        Load(port, searches, clients=8).run(SECONDS / 2)
        yield from _figures("http.elastic.50", Load(port, searches, clients=50), MINUTE)
        yield from _figures("http.elastic.8", Load(port, searches, clients=8))


def _figures(name: str, load: Load, seconds: float = SECONDS) -> Iterator[Figure]:
    times = load.run(seconds)
    yield Figure(f"{name}.rate", len(times) / seconds)
    yield Figure(f"{name}.median", percentile(times, 0.5))
    yield Figure(f"{name}.p95", percentile(times, 0.95))


@contextmanager
def serving() -> Iterator[int]:
    """The site on a free port of this machine only, as `make run` serves it."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--workers", WORKERS]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ)  # noqa: S603 (our own)
    try:
        wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until a server listens on a port; raises `RuntimeError` if it ends or takes long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{server.args!r} does not answer")
