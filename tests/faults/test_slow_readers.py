"""Whoever fetches a large table and reads it slowly leaves threads for everybody else."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.faults.conftest import Site, give_static_files
from tests.faults.gunicorn import Gunicorn
from tests.faults.test_deliveries import until

# Thousands of practices must be made, or the system takes their whole table at once.
pytestmark = [pytest.mark.fault, pytest.mark.soak]

PRACTICES = 8000
"""Their table does not fit in what the system keeps for a connection."""
READERS = 10
REQUEST = b"GET /praktijken.csv HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def slow_reader(port: int) -> Iterator[socket.socket]:
    """Somebody who asks for the table, and reads nothing."""
    with socket.socket() as reader:
        reader.settimeout(60)
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        reader.connect(("127.0.0.1", port))
        reader.sendall(REQUEST)
        yield reader


def test_ten_slow_readers_of_a_large_table_hold_up_nobody(embedded_site: Site) -> None:
    site = embedded_site
    site.manage("synthetic", str(PRACTICES), "--seed", "3")
    give_static_files(site.folder)
    with Gunicorn(site.folder, site.environment) as server, ExitStack() as readers:
        taken = [readers.enter_context(slow_reader(server.port)) for _ in range(READERS)]
        until(lambda: all(len(one.recv(12, socket.MSG_PEEK)) == 12 for one in taken))
        said = {one.recv(12, socket.MSG_PEEK) for one in taken}
        assert said == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
        for _time in range(10):
            assert server.ask("/praktijken/").status == 200
        refused = server.ask("/praktijken.csv")
        assert (refused.status, refused.headers["retry-after"]) == (503, "60")
        readers.close()
        until(lambda: server.ask("/praktijken.csv").status == 200)
