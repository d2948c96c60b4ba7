"""Caddy in the place of nginx: the file that operators are given, with the real program."""

import json
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.documents.machine import Machine
from tests.documents.visitor import Visitor, get, until

pytestmark = [pytest.mark.slow, pytest.mark.soak]

SITE = "wegwijzer.example"
SERVED = "tls internal\\n\\tlog {"
"""With a certificate of its own making, as nobody else gives one to a test."""


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
def echo(ports: None) -> Iterator[socketserver.ThreadingTCPServer]:
    """Where the Caddyfile expects the site."""
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 8000), Echo) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


@pytest.fixture
def machine(
    debian: Path, tmp_path: Path, echo: socketserver.ThreadingTCPServer
) -> Iterator[Machine]:
    with Machine(tmp_path, debian) as machine:
        machine.do("apt-get install --yes -qq --no-install-recommends caddy > /dev/null 2>&1")
        file = "/srv/wegwijzer/current/deploy/caddy/Caddyfile"
        machine.do(f"sed 's/^\\tlog {{/\\t{SERVED}/' {file} > /etc/caddy/Caddyfile")
        machine.do("caddy validate --config /etc/caddy/Caddyfile")
        machine.do(
            "setsid caddy run --config /etc/caddy/Caddyfile > /var/log/caddy/out 2>&1 < /dev/null &"
        )
        yield machine


def test_it_closes_overwrites_limits_and_explains_as_nginx_does(
    machine: Machine, echo: socketserver.ThreadingTCPServer
) -> None:
    forged = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=a", "X-Request-ID": "mine"}
    answer, text = until(lambda: get(SITE, "/a?b=c", forged), lambda one: one[0].status == 200)
    seen = json.loads(text)
    assert seen["host"] == SITE
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert seen["x-request-id"] != "mine"
    assert "forwarded" not in seen

    for path in ("/intern/metrics", "/media/documents/geheim.pdf"):
        answer, text = get(SITE, path)
        assert (answer.status, text) == (404, "")

    with Visitor(SITE) as visitor:
        visitor.putrequest("POST", "/")
        visitor.putheader("Content-Length", str(21 * 1024 * 1024))
        visitor.endheaders()
        answer = visitor.getresponse()
        assert answer.status == 413
        assert "Dit bestand is te groot" in answer.read().decode()

    echo.shutdown()
    echo.server_close()
    answer, text = get(SITE, "/uitnodiging/geheim?q=tekst")
    assert answer.status in (502, 503)
    assert "De site doet het even niet" in text
    written = until(
        lambda: machine.do("cat /var/log/caddy/*"), lambda one: '"uri":"/uitnodiging/"' in one
    )
    assert "geheim?" not in written
    assert "q=tekst" not in written
