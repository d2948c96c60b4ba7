"""What a real gunicorn writes to its log, and what it measures over its processes."""

import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.faults.conftest import Site
from tests.faults.gunicorn import Gunicorn

pytestmark = pytest.mark.fault

TOKEN = "0123456789abcdef0123456789abcdef"
ID = "fedcba9876543210fedcba9876543210"


@pytest.fixture
def server(site: Site) -> Iterator[Gunicorn]:
    """Gunicorn on the site, as behind one proxy."""
    environment = {
        **site.environment,
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "INFO",
        "METRICS_TOKEN": TOKEN,
        "TRUSTED_PROXIES": "1",
    }
    with Gunicorn(site.folder, environment) as running:
        yield running


def measured(server: Gunicorn) -> dict[str, float]:
    text = server.ask("/intern/metrics", {"Authorization": f"Bearer {TOKEN}"}).text
    samples = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in samples}


def test_every_line_is_json_has_the_id_and_nothing_personal(server: Gunicorn) -> None:
    headers = {"X-Request-ID": ID, "X-Forwarded-For": "203.0.113.9", "Referer": "/?q=geheim"}
    headers["Authorization"] = "Basic a2ltOmdlaGVpbQ=="
    answer = server.ask("/praktijken.json?q=geheim%20kim%40gouda.nl", headers)
    assert answer.headers["x-request-id"] == ID
    answer = server.ask("/praktijken/?q=geheim", {"X-Request-ID": ID})
    assert answer.status == 500, "there are no static files here"
    server.stop()

    lines = [line for line in server.lines() if line.get("request_id") == ID]
    access = [line for line in lines if line["logger"] == "gunicorn.access"]
    assert [(line["method"], line["path"], line["status"]) for line in access] == [
        ("GET", "/praktijken.json", 200),
        ("GET", "/praktijken/", 500),
    ]
    (error,) = (line for line in lines if line.get("exc_info"))
    assert error["level"] == "ERROR"
    assert "Traceback" in error["exc_info"]
    text = server.output.read_text()
    assert not re.search(r"geheim|kim|203\.0\.113|127\.0\.0\.1(?!:)", text)


def test_three_slow_clients_stop_nobody(server: Gunicorn) -> None:
    """Two workers have four threads: one is left, and its worker takes who comes."""
    with ExitStack() as open_connections:
        for _number in range(3):
            slow = socket.create_connection(("127.0.0.1", server.port), 10)
            open_connections.enter_context(slow)
            slow.sendall(b"GET /praktijken.json HTTP/1.1\r\n")
        for _number in range(20):
            assert server.ask("/gezondheid/levend").seconds < 5


def test_text_is_the_quiet_default_of_the_embedded_site(embedded_site: Site) -> None:
    site = embedded_site
    with Gunicorn(site.folder, site.environment) as server:
        server.ask("/praktijken.json?q=geheim")
        assert server.ask("/praktijken.json?q=geheim", method="HEAD").status == 200
        server.stop()
        text = server.output.read_text()
    assert "Listening at" in text
    assert "WARNING" not in text
    assert "geheim" not in text
    assert not text.startswith("{")


def test_all_processes_count_together_and_a_killed_one_is_forgotten(server: Gunicorn) -> None:
    for _ in range(20):
        assert server.ask("/praktijken.json").status == 200
    counted = 'wegwijzer_requests_total{method="GET",route="practices:search-json",status="200"}'
    before = measured(server)
    assert before[counted] == 20
    assert before['wegwijzer_search_seconds_count{engine="tantivy",outcome="answered"}'] == 20
    assert before["wegwijzer_database_up"] == 1
    assert before['wegwijzer_outbox_size{follower="practices:tantivy"}'] == 0
    assert server.ask("/intern/metrics").status in (404, 500)

    server.process.send_signal(signal.SIGHUP)
    server.wait_for("/gezondheid/levend", 200)
    assert measured(server)[counted] == 20, "counts outlive the processes that counted"
