"""A proxy that breaks what goes through it: real sockets before a real Elasticsearch.

    with FaultProxy("http://127.0.0.1:9200") as proxy:
        proxy.mode = Mode.SILENT

Nothing in it lasts: a silent answer ends after `LONGEST` seconds, and when the proxy is closed.
"""

import http.client
import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

LONGEST = 30.0
"""Seconds that no answer outlasts."""
SLOW = 4.0
"""Seconds by which the slow mode delays each answer."""
HEADERS_OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class Mode(StrEnum):
    """What is wrong."""

    PASS = "nothing"
    REFUSE = "nobody listens"
    SILENT = "accepts and never answers"
    SLOW = "answers after four seconds"
    CUT = "cut half-way through the body"
    TRICKLE = "the body comes byte by byte"
    UNAVAILABLE = "503 of a load balancer"
    RED = "503 of Elasticsearch: no shard"
    BUSY = "429 of Elasticsearch: too many requests"
    HTML = "a login page"
    TRUNCATED = "half of the JSON"
    TIMED_OUT = "timed_out in the body"
    FAILED_SHARDS = "failed shards in the body"
    READ_ONLY = "writes are blocked"


class Response(NamedTuple):
    """An answer on its way to the client."""

    status: int
    headers: dict[str, str]
    body: bytes


PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
LOGIN_PAGE = Response(
    200, {"Content-Type": "text/html"}, b"<!doctype html><title>Log in</title><form></form>"
)
NO_BACKEND = Response(503, {"Content-Type": "text/plain"}, b"no healthy upstream")


def _error(status: int, kind: str, reason: str) -> dict[str, Any]:
    return {"error": {"type": kind, "reason": reason}, "status": status}


def _json(status: int, content: object) -> Response:
    return Response(status, PRODUCT, json.dumps(content).encode())


ALL_SHARDS_FAILED = _json(503, _error(503, "search_phase_execution_exception", "all shards failed"))
TOO_BUSY = _json(429, _error(429, "es_rejected_execution_exception", "rejected execution"))
BLOCK = _error(403, "cluster_block_exception", "index blocked by: [FORBIDDEN/8/index write (api)];")


def rewritten(response: Response, change: Callable[[dict[str, Any]], None]) -> Response:
    """The response with a change made to each search result in its body."""
    content = json.loads(response.body)
    results = content.get("responses", [content])
    for result in results:
        if "_shards" in result:
            change(result)
    return response._replace(body=json.dumps(content).encode())


def _time_out(result: dict[str, Any]) -> None:
    if "hits" in result:
        result["timed_out"] = True


def _fail_a_shard(result: dict[str, Any]) -> None:
    result["_shards"] |= {"failed": 1, "failures": [{"shard": 0, "reason": {"type": "made_up"}}]}


def blocked(path: str, body: bytes) -> Response:
    """What Elasticsearch answers a write while its index is read-only."""
    if "/_bulk" not in path:
        return _json(403, BLOCK)
    lines = [json.loads(line) for line in body.splitlines() if line.strip()]
    actions = [line for line in lines if set(line) & {"index", "delete"} and len(line) == 1]
    items = [
        {name: {"_id": about.get("_id"), "status": 403, "error": BLOCK["error"]}}
        for action in actions
        for name, about in action.items()
    ]
    return _json(200, {"took": 1, "errors": True, "items": items})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64
    proxy: "FaultProxy"

    def __init__(self, address: tuple[str, int], proxy: "FaultProxy") -> None:
        super().__init__(address, _Handler)
        self.proxy = proxy
        self.connections: set[socket.socket] = set()

    def close(self) -> None:
        """Close the listener and all that is connected."""
        self.shutdown()
        self.server_close()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what this is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = LONGEST
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server.proxy
        mode = proxy.next_mode()
        proxy.count(mode)
        self.close_connection = mode is not Mode.PASS
        if mode is Mode.SILENT:
            proxy.pause(LONGEST)
            return
        if mode is Mode.SLOW:
            proxy.pause(SLOW)
        self._send(self._response(mode, body), mode)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 (the names are http's)

    def _response(self, mode: Mode, body: bytes) -> Response:
        made_up = {
            Mode.HTML: LOGIN_PAGE,
            Mode.UNAVAILABLE: NO_BACKEND,
            Mode.RED: ALL_SHARDS_FAILED,
            Mode.BUSY: TOO_BUSY,
        }
        if mode in made_up:
            return made_up[mode]
        is_write = self.command in ("PUT", "DELETE") or "/_bulk" in self.path
        if mode is Mode.READ_ONLY and is_write:
            return blocked(self.path, body)
        response = self._forwarded(body)
        if mode is Mode.TIMED_OUT:
            return rewritten(response, _time_out)
        if mode is Mode.FAILED_SHARDS:
            return rewritten(response, _fail_a_shard)
        if mode is Mode.TRUNCATED:
            return response._replace(body=response.body[: len(response.body) // 2])
        return response

    def _forwarded(self, body: bytes) -> Response:
        behind = urlsplit(self.server.proxy.behind)
        connection = http.client.HTTPConnection(behind.hostname or "", behind.port, timeout=LONGEST)
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in {*HEADERS_OF_ONE_HOP, "accept-encoding"}
        }
        try:
            connection.request(self.command, self.path, body or None, kept)
            given = connection.getresponse()
            headers = {
                name: value
                for name, value in given.getheaders()
                if name.lower() not in HEADERS_OF_ONE_HOP
            }
            return Response(given.status, headers, given.read())
        finally:
            connection.close()

    def _send(self, response: Response, mode: Mode) -> None:
        self.send_response_only(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if mode is Mode.CUT:
            self.wfile.write(response.body[: len(response.body) // 2])
        elif mode is Mode.TRICKLE:
            self._trickle(response.body)
        else:
            self.wfile.write(response.body)

    def _trickle(self, body: bytes) -> None:
        """A byte four times a second: no time-out on a single read ever sees it."""
        for place in range(min(len(body), int(LONGEST * 4))):
            self.wfile.write(body[place : place + 1])
            if self.server.proxy.pause(0.25):
                return

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class FaultProxy:
    """Listens on a port of its own, from entering to leaving."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self._mode = Mode.PASS
        self._changed = threading.Event()
        self._counting = threading.Lock()
        self._asked: dict[Mode, int] = {}
        self._left: int | None = None
        self._server: _Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the proxy."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mode(self) -> Mode:
        """What is wrong now; a change ends all that is under way."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._mode, self._left = mode, None
        changed, self._changed = self._changed, threading.Event()
        changed.set()
        if mode is Mode.REFUSE:
            self._close()
        elif self._server is None:
            self._listen()

    def silent_after(self, requests: int) -> None:
        """Let so many requests through, and never answer those that come after."""
        self.mode = Mode.PASS
        self._left = requests

    def next_mode(self) -> Mode:
        """What becomes of the request that just came."""
        with self._counting:
            if self._left is None:
                return self._mode
            self._left -= 1
            return Mode.PASS if self._left >= 0 else Mode.SILENT

    def asked(self, mode: Mode) -> int:
        """How many requests came while this was wrong; none can while nobody listens."""
        return self._asked.get(mode, 0)

    def count(self, mode: Mode) -> None:
        """Note a request."""
        with self._counting:
            self._asked[mode] = self._asked.get(mode, 0) + 1

    def pause(self, seconds: float) -> bool:
        """Wait, but not beyond a change of mode; whether that came first."""
        return self._changed.wait(seconds)

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *error: object) -> None:
        self._changed.set()
        self._close()

    def _listen(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), self)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
