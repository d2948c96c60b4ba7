"""Calls that end in time, whatever the server does.

A timeout of a socket starts anew with each byte that comes, so a server that trickles its answer
holds its caller as long as it likes. Here one thread watches the time of all calls of a process,
and cuts the connection of a call whose time is over; the caller then goes on with an error.
"""

import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from functools import cache
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

from elastic_transport import NodeConfig, Urllib3HttpNode
from urllib3.connection import HTTPConnection, HTTPSConnection

from search.engines.base import EngineError

MAX_CONNECTIONS = 32
"""So many are kept open to a server, and so many are being opened at once, in a process."""

Result = TypeVar("Result")


class _TimeIsOverError(ValueError):
    """A call was cut; of this kind, as the client neither tries again nor blames a server then."""


class _Call:
    """A call that runs, with what it has open; `ends` is a moment of `time.monotonic`."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.is_cut = False
        self._lock = threading.Lock()
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None

    def run(self, function: Callable[[], Result]) -> Result:
        around, _running.call = _running.call, self
        try:
            return function()
        finally:
            _running.call = around
            with self._lock:  # what was open may be another call's now
                self._connection = self._socket = None

    def use(self, connection: HTTPConnection) -> None:
        """Note what is open now; once cut, a call opens nothing more.

        The socket apart, as a connection that will close lets go of it before the answer is read.
        """
        with self._lock:
            self._connection, self._socket = connection, connection.sock
        if self.is_cut:
            self.cut()
            raise _TimeIsOverError

    def open(self, connection: HTTPConnection, connect: Callable[[], None]) -> None:
        """Connect in another thread, as nothing can be cut before there is a socket.

        Looking up the name of a host may take longer than any call.
        """
        self.use(connection)
        try:
            opening = _openers().submit(connect)
        except RuntimeError:
            raise EngineError("The process is ending, or has too many threads.") from None
        done, _late = wait([opening], max(0.0, self.ends - time.monotonic()))
        if not done:
            opening.cancel()
            opening.add_done_callback(lambda _opening: connection.close())
            self.is_cut = True
            raise _TimeIsOverError
        opening.result()
        self.use(connection)

    def cut(self) -> None:
        with self._lock:
            self.is_cut = True
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


class _Watch:
    """Cuts each call when its time is over; calls that ended meanwhile have nothing to cut."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._calls: list[tuple[float, int, _Call]] = []
        self._numbers = count()
        threading.Thread(target=self._run, name="elasticsearch-watch", daemon=True).start()

    def add(self, call: _Call) -> None:
        with self._changed:
            heappush(self._calls, (call.ends, next(self._numbers), call))
            if self._calls[0][2] is call:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with suppress(Exception):  # whatever one call has open, the others are watched on
                self._next().cut()

    def _next(self) -> _Call:
        """Wait until the time of a call is over."""
        with self._changed:
            while True:
                left = self._calls[0][0] - time.monotonic() if self._calls else None
                if left is not None and left <= 0:
                    return heappop(self._calls)[2]
                self._changed.wait(left)


class _Noted(HTTPConnection):
    """Tells the running call that it is in use."""

    def connect(self) -> None:
        call = _running.call
        if call is None:
            super().connect()
        else:
            call.open(self, super().connect)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if _running.call is not None:
            _running.call.use(self)
        super().request(*args, **kwargs)


class _NotedSecure(_Noted, HTTPSConnection):
    pass


class CuttableNode(Urllib3HttpNode):
    """A server of the cluster whose connections can be cut."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        is_secure = config.scheme == "https"
        self.pool.ConnectionCls = _NotedSecure if is_secure else _Noted
        self.pool.block = False  # rather one connection more than a call that waits for one


@cache
def _openers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MAX_CONNECTIONS, thread_name_prefix="elasticsearch-connect")


@cache
def _watch() -> _Watch:
    # Threads that come first at the same moment may each make one, which watches their calls.
    return _Watch()


def within(seconds: float, function: Callable[[], Result]) -> Result:
    """What a function returns or raises; `EngineError` if that takes longer."""
    call = _Call(time.monotonic() + seconds)
    try:
        _watch().add(call)
    except RuntimeError:
        raise EngineError("The process is ending, or has too many threads.") from None
    try:
        return call.run(function)
    except Exception:
        if call.is_cut:
            raise EngineError("Elasticsearch did not answer in time.") from None
        raise


def forget_after_fork(forget: Callable[[], object]) -> None:
    """Connections and threads belong to one process."""
    os.register_at_fork(after_in_child=forget)


forget_after_fork(_openers.cache_clear)
forget_after_fork(_watch.cache_clear)
