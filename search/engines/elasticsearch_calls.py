"""Calls that end in time, whatever the server does.

A timeout of a socket starts anew with each byte that comes, so a server that trickles its answer
holds its caller as long as it likes. Here a call runs in a thread; when its time is over, the
caller goes on with an error, and the connection is cut so that the thread comes free too.
"""

import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from elastic_transport import NodeConfig, Urllib3HttpNode
from urllib3.connection import HTTPConnection, HTTPSConnection

from search.engines.base import EngineError

MAX_CALLS = 32
"""So many calls run at once in a process; more wait, and their time runs."""

Result = TypeVar("Result")


class _Call:
    """A call that runs, with what it has open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None
        self._is_cut = False

    def run(self, function: Callable[[], Result]) -> Result:
        _running.call = self
        try:
            return function()
        finally:
            _running.call = None
            with self._lock:  # what was open may be another call's now
                self._connection = self._socket = None

    def use(self, connection: HTTPConnection) -> None:
        """Note what is open now; once cut, a call opens nothing more.

        The socket apart, as a connection that will close lets go of it before the answer is read.
        """
        with self._lock:
            self._connection, self._socket = connection, connection.sock
        if self._is_cut:
            self.cut()
            raise ConnectionAbortedError("The time for this call is over.")

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            # While it connects, TLS's greeting included, only the connection knows the socket.
            connecting = self._connection.sock if self._connection else None
            for one in (self._socket, connecting):
                if one is not None:
                    with suppress(OSError):
                        # The plain socket's method, as TLS would wait to say goodbye.
                        socket.socket.shutdown(one, socket.SHUT_RDWR)


class _Running(threading.local):
    call: _Call | None = None


_running = _Running()


class _Noted(HTTPConnection):
    """Tells the running call that it is in use."""

    def connect(self) -> None:
        self._tell()
        super().connect()
        self._tell()

    def request(self, *args: Any, **kwargs: Any) -> None:
        self._tell()
        super().request(*args, **kwargs)

    def _tell(self) -> None:
        if _running.call is not None:
            _running.call.use(self)


class _NotedSecure(_Noted, HTTPSConnection):
    pass


class CuttableNode(Urllib3HttpNode):
    """A server of the cluster whose connections can be cut."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        is_secure = config.scheme == "https"
        self.pool.ConnectionCls = _NotedSecure if is_secure else _Noted


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MAX_CALLS, thread_name_prefix="elasticsearch")


def within(seconds: float, function: Callable[[], Result]) -> Result:
    """What a function returns or raises; `EngineError` if that takes longer."""
    call = _Call()
    try:
        future = _threads().submit(call.run, function)
    except RuntimeError:
        raise EngineError("The process is ending.") from None
    try:
        return future.result(timeout=max(0.0, seconds))
    except TimeoutError:
        future.cancel()
        call.cut()
        raise EngineError("Elasticsearch did not answer in time.") from None


def forget_after_fork(forget: Callable[[], object]) -> None:
    """Connections and threads belong to one process."""
    os.register_at_fork(after_in_child=forget)


forget_after_fork(_threads.cache_clear)
