"""A server on a port of its own that answers every connection in the same strange way."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]

PRODUCT = "X-Elastic-Product: Elasticsearch"
JSON = "Content-Type: application/json"
HTML = "Content-Type: text/html"


@contextmanager
def strange_server(answer: Answer) -> Iterator[str]:
    """Its address, for as long as it runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, answer), daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, answer: Answer) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listener.accept()
            threading.Thread(target=_answer, args=(connection, answer), daemon=True).start()


def _answer(connection: socket.socket, answer: Answer) -> None:
    with connection, suppress(OSError):
        connection.recv(1_000_000)
        answer(connection)


def response(body: str, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A response as it goes over the wire; `length` is what it says of itself."""
    said = len(body.encode()) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {said}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def says(*parts: bytes) -> Answer:
    """Sends these, then closes."""

    def answer(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)

    return answer


def is_silent(connection: socket.socket) -> None:
    """Accepts, and never answers until the other side goes."""
    connection.recv(1)


def trickles(start: bytes) -> Answer:
    """Sends a beginning, then a sign now and then, for as long as the other side listens."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    return answer
