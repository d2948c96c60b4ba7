"""A connection to PostgreSQL that gives up on a server that keeps silent.

The server's own limits (`statement_timeout`) do not help where it hangs or is cut off: its machine
still acknowledges every packet, so `tcp_user_timeout` does not either.
"""

from collections.abc import Generator
from time import monotonic
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

PATIENCE = 75.0
"""Seconds for one exchange with the server, which ends a statement after 60 by itself."""
QUICK = 3.0
"""Seconds for the question whether a connection that lay idle still works."""


class Connection(psycopg.Connection[Any]):
    """Raises `psycopg.OperationalError`, and is closed, when the server keeps silent."""

    patience = PATIENCE

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """Wait for an exchange with the server, whatever it is."""
        return super().wait(self._bounded(gen), *args, **kwargs)

    def _bounded(self, exchange: Any) -> Generator[Any, Any, Any]:
        """The same exchange, which psycopg asks ten times a second whether it goes on."""
        deadline, ready = monotonic() + self.patience, None
        while True:
            try:
                state = exchange.send(ready)
            except StopIteration as end:
                return end.value
            ready = yield state
            if not ready and monotonic() > deadline:
                self.pgconn.finish()
                raise psycopg.OperationalError("The database did not answer in time.")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with such connections."""

    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})

    def is_usable(self) -> bool:
        """Ask quickly: a request that begins waits for this."""
        connection: Any = self.connection
        if connection is None:
            return False
        connection.patience = QUICK
        try:
            return bool(super().is_usable())
        finally:
            connection.patience = PATIENCE
