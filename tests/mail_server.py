"""A real mail server of a test: it takes mails, refuses them, breaks off, or says nothing."""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from tests.faults.gunicorn import free_port


@dataclass
class Mailbox:
    """What came, and how the server answers."""

    texts: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    begun: int = 0
    breaks_at: int = -1
    """At the recipient of this number it ends the connection."""
    refuses: dict[str, str] = field(default_factory=dict)
    """Its answer to certain recipients."""
    refuses_all: str = ""
    """Its answer to any mail."""

    @property
    def times(self) -> Counter[str]:
        """How often each address got a mail."""
        return Counter(self.recipients)

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, session: Any, _envelope: Any, host: str, responses: list[str]
    ) -> list[str]:
        """Count a connection."""
        self.connections += 1
        session.host_name = host
        return responses

    async def handle_RCPT(  # noqa: N802 (likewise)
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a recipient, or not."""
        self.begun += 1
        if self.begun == self.breaks_at:
            server.transport.abort()
        if refusal := self.refuses.get(address, self.refuses_all):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (likewise)
        """Take a mail."""
        self.recipients += envelope.rcpt_tos
        self.texts.append(envelope.content.decode(errors="replace"))
        return "250 OK"


@contextmanager
def mail_server(
    port: int | None = None, mailbox: Mailbox | None = None
) -> Iterator[tuple[Mailbox, int]]:
    """A mail server, and its port."""
    taken, chosen = mailbox or Mailbox(), port or free_port()
    controller = Controller(taken, hostname="127.0.0.1", port=chosen)
    controller.start()
    try:
        yield taken, chosen
    finally:
        controller.stop()


@dataclass
class Murmuring(Mailbox):
    """Takes all of a mail, and then says a byte now and then, of an answer that has no end."""

    said: int = 0

    async def handle_DATA(self, server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 (likewise)
        """Murmur until nobody listens any more, or for `LONG` bytes."""
        while self.said < LONG and not server.transport.is_closing():
            server.transport.write(MURMUR[self.said % len(MURMUR)].to_bytes())
            self.said += 1
            await asyncio.sleep(PAUSE)
        return "451 Try later"


MURMUR = b"220-een ogenblik geduld\r\n"
PAUSE, LONG = 0.2, 200
"""Seconds between two bytes, fewer than any time-out; and so many bytes at most."""


class MurmuringServer:
    """Says a byte now and then, of a greeting that has no end; within a `with`.

    `said` has the number of bytes that each connection was told.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.said: list[int] = []
        self._thread = threading.Thread(target=self._take, daemon=True)

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._socket.accept()
                with connection, suppress(OSError):
                    self.said.append(0)
                    while self.said[-1] < LONG:
                        connection.sendall(MURMUR[self.said[-1] % len(MURMUR)].to_bytes())
                        self.said[-1] += 1
                        time.sleep(PAUSE)

    def __enter__(self) -> "MurmuringServer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)


class SilentServer:
    """Takes every connection and never says a word; within a `with`."""

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.taken: list[socket.socket] = []
        self._thread = threading.Thread(target=self._take, daemon=True)

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                self.taken.append(self._socket.accept()[0])

    def __enter__(self) -> "SilentServer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)
        for one in self.taken:
            one.close()
