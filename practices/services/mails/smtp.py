"""Django's way to a mail server, with a time for all steps of a mail together.

The time-out of a socket begins anew with each byte: a server that says one every few seconds would
keep a mail, and who sends it, for ever.
"""

from io import BufferedReader, RawIOBase
from smtplib import SMTP, SMTP_SSL, SMTPServerDisconnected
from socket import socket
from time import monotonic
from typing import Any

from django.core.mail.backends import smtp

TIMES = 3
"""So many time-outs opening a connection may take, and then each mail."""
PIECE = 16_384
"""Bytes that are sent at once: what TLS takes, which counts the time of each anew."""


class _Words(RawIOBase):
    """What a mail server says, as long as its time lasts."""

    def __init__(self, connection: "_Limited") -> None:
        self._connection = connection

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for some bytes. Raises `TimeoutError` when the time is over."""
        return self._connection.in_time().recv_into(buffer)


class _Limited(SMTP):
    """A connection whose `timeout`, in seconds, is for one answer; three of them for all."""

    def __init__(self, host: str, port: int, *, timeout: float, **kwargs: Any) -> None:
        self._whole = TIMES * timeout
        self._begin()
        super().__init__(host, port, timeout=timeout, **kwargs)

    def _begin(self) -> None:
        self._until = monotonic() + self._whole

    def in_time(self) -> socket:
        """The socket, which waits no longer than is left. Raises `TimeoutError`."""
        left = self._until - monotonic()
        if left <= 0 or self.sock is None:
            raise TimeoutError("The mail server took too long.")
        self.sock.settimeout(min(left, self.timeout))
        return self.sock

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer; it may have any number of lines."""
        if self.file is None:
            self.file = BufferedReader(_Words(self))
        return super().getreply()

    def send(self, s: Any) -> None:
        """Say something."""
        for start in range(0, len(s), PIECE):
            try:
                self.in_time()
            except TimeoutError as error:
                self.close()
                raise SMTPServerDisconnected(str(error)) from None
            super().send(s[start : start + PIECE])

    def sendmail(self, *args: Any, **kwargs: Any) -> Any:
        """Send a mail, which has a time of its own."""
        self._begin()
        return super().sendmail(*args, **kwargs)


class _LimitedWithTLS(_Limited, SMTP_SSL):
    """The same, from its first byte within TLS."""


class EmailBackend(smtp.EmailBackend):
    """Django's own, with such connections; it must be given a `timeout`."""

    @property
    def connection_class(self) -> type[SMTP]:
        """Who speaks to the server."""
        return _LimitedWithTLS if self.use_ssl else _Limited
