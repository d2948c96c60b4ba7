"""Somebody who asks a site over TLS, whatever the certificate says."""

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPResponse
from types import TracebackType
from typing import Self, TypeVar

LONGEST = 60
"""Seconds of patience."""
T = TypeVar("T")


class Visitor(HTTPConnection):
    """A connection to the site of this name on this machine; see `get`."""

    default_port = 443

    def __init__(self, name: str, port: int = 443, address: str = "127.0.0.1") -> None:
        super().__init__(name, port, timeout=LONGEST)
        self._where = address

    def connect(self) -> None:
        """Speak TLS with the machine, asking for the site by its name."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection((self._where, self.port), LONGEST)
        self.sock = context.wrap_socket(plain, server_hostname=self.host)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def get(
    name: str, path: str, headers: Mapping[str, str] | None = None, port: int = 443
) -> tuple[HTTPResponse, str]:
    """The answer of a site to one request, and its text."""
    with Visitor(name, port) as visitor:
        visitor.request("GET", path, headers={"Accept-Encoding": "identity", **(headers or {})})
        answer = visitor.getresponse()
        return answer, answer.read().decode()


def until(ask: Callable[[], T], is_so: Callable[[T], bool]) -> T:
    """Ask again and again; what is answered when it is so."""
    deadline = time.monotonic() + LONGEST
    while not is_so(answer := ask()):
        assert time.monotonic() < deadline, answer
        time.sleep(0.1)
    return answer
