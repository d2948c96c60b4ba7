"""A real server of a site, on a port of this machine only."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.sites import CHECKOUT

WORKERS = "2"
START_SECONDS = 60


@contextmanager
def serving(
    checkout: Path = CHECKOUT, environment: Mapping[str, str] = os.environ
) -> Iterator[int]:
    """A site on a free port of this machine only, as `make run` serves it."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--workers", WORKERS]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=checkout, env=environment)  # noqa: S603 (our own)
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
