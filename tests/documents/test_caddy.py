"""Caddy in the place of nginx: the file that operators are given, with the real program.

On ports of its own, and on a machine with nothing but Caddy: it waits for no other test.
"""

import json
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.documents.blocks import ROOT
from tests.documents.machine import Machine
from tests.documents.visitor import Visitor, get, until
from tests.faults.gunicorn import free_port

pytestmark = pytest.mark.slow

SITE = "wegwijzer.example"
PAGES = "deploy/nginx/pages"
INSTALL = "apt-get install --yes -qq --no-install-recommends caddy > /dev/null 2>&1"


class Echo(BaseHTTPRequestHandler):
    """A site that answers with the head of what it was asked."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[socketserver.ThreadingTCPServer]:
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def caddyfile(port: int, site: int) -> str:
    """What operators are given, on other ports and with a certificate of its own making."""
    given = (ROOT / "deploy/caddy/Caddyfile").read_text()
    for pattern, new in (
        (r"^\{$", f"{{\n\thttp_port {free_port()}\n\thttps_port {port}"),
        (r"^\tlog \{$", "\ttls internal\n\tlog {"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{site}"),
    ):
        given, count = re.subn(pattern, new, given, flags=re.MULTILINE)
        assert count == 1, pattern
    return given


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def caddy(tmp_path: Path, echo: socketserver.ThreadingTCPServer) -> Iterator[tuple[int, Machine]]:
    """Where Caddy answers, and its machine."""
    port = free_port()
    with Machine(tmp_path) as machine:
        machine.do(f"{INSTALL} || {{ apt-get update -qq; {INSTALL}; }}")
        for page in sorted((ROOT / PAGES).iterdir()):
            machine.put(page, f"/srv/wegwijzer/current/{PAGES}/{page.name}")
        machine.do("cat > /etc/caddy/Caddyfile", given=caddyfile(port, echo.server_address[1]))
        machine.do("caddy validate --config /etc/caddy/Caddyfile")
        machine.do(
            "setsid caddy run --config /etc/caddy/Caddyfile > /var/log/caddy/out 2>&1 < /dev/null &"
        )
        until(lambda: listens(port), bool)
        yield port, machine


def test_it_closes_overwrites_limits_and_explains_as_nginx_does(
    caddy: tuple[int, Machine], echo: socketserver.ThreadingTCPServer
) -> None:
    port, machine = caddy
    forged = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=a", "X-Request-ID": "mine"}
    answer, text = until(
        lambda: get(SITE, "/a?b=c", forged, port), lambda one: one[0].status == 200
    )
    seen = json.loads(text)
    assert seen["host"] == f"{SITE}:{port}"
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert seen["x-request-id"] != "mine"
    assert "forwarded" not in seen

    for path in ("/intern/metrics", "/media/documents/geheim.pdf"):
        answer, text = get(SITE, path, port=port)
        assert (answer.status, text) == (404, "")

    with Visitor(SITE, port) as visitor:
        visitor.putrequest("POST", "/")
        visitor.putheader("Content-Length", str(21 * 1024 * 1024))
        visitor.endheaders()
        answer = visitor.getresponse()
        assert answer.status == 413
        assert "Dit bestand is te groot" in answer.read().decode()

    echo.shutdown()
    echo.server_close()
    answer, text = get(SITE, "/uitnodiging/geheim?q=tekst", port=port)
    assert answer.status in (502, 503)
    assert "De site doet het even niet" in text
    written = until(
        lambda: machine.do("cat /var/log/caddy/*"), lambda one: '"uri":"/uitnodiging/"' in one
    )
    assert "geheim?" not in written
    assert "q=tekst" not in written
