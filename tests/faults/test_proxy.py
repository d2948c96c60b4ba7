"""The proxy breaks what it says it breaks: else the tests that use it would prove nothing."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.proxy import SLOW, FaultProxy, Mode
from tests.services import elasticsearch_url

pytestmark = pytest.mark.fault
INDEX = "fault-proxy"
WAITED = 0.5


def ask(url: str, path: str, body: str = "", method: str = "", timeout: float = 10) -> Any:
    """What Elasticsearch answers."""
    request = urllib.request.Request(  # noqa: S310 (loopback)
        f"{url}/{path}",
        data=body.encode() or None,
        headers={"Content-Type": "application/x-ndjson" if "_bulk" in path else "application/json"},
        method=method or None,
    )
    with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 (loopback)
        return json.load(answer)


def ask_again(connection: http.client.HTTPConnection) -> bytes:
    """Ask over a connection that stays open."""
    connection.request("GET", f"/{INDEX}/_search")
    return connection.getresponse().read()


@pytest.fixture(scope="module")
def elasticsearch() -> Iterator[str]:
    url = elasticsearch_url()
    ask(url, f"{INDEX}/_doc/1?refresh=true", '{"title": "Wijk"}', "PUT")
    yield url
    ask(url, INDEX, method="DELETE")


@pytest.fixture
def proxy(elasticsearch: str) -> Iterator[FaultProxy]:
    with FaultProxy(elasticsearch) as made:
        yield made


def search(proxy: FaultProxy, timeout: float = 10) -> Any:
    return ask(proxy.url, f"{INDEX}/_search", timeout=timeout)


def test_it_passes_on_what_it_does_not_break(proxy: FaultProxy, elasticsearch: str) -> None:
    through, direct = search(proxy), ask(elasticsearch, f"{INDEX}/_search")
    assert through["hits"] == direct["hits"]
    assert proxy.asked(Mode.PASS) == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_it_refuses_also_those_that_were_connected_and_listens_again(
    proxy: FaultProxy, *, is_first: bool
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)
    if not is_first:
        ask_again(connection)
    proxy.mode = Mode.REFUSE
    with pytest.raises(ConnectionError):
        ask_again(connection)
    proxy.mode = Mode.PASS
    assert search(proxy)["hits"]["total"]["value"] == 1


def test_it_is_silent_until_the_mode_changes(proxy: FaultProxy) -> None:
    proxy.mode = Mode.SILENT
    with pytest.raises(TimeoutError):
        search(proxy, timeout=WAITED)
    proxy.mode = Mode.PASS
    assert search(proxy)["hits"]["total"]["value"] == 1


def test_it_is_slow(proxy: FaultProxy) -> None:
    proxy.mode = Mode.SLOW
    start = time.monotonic()
    assert search(proxy)["hits"]["total"]["value"] == 1
    assert SLOW <= time.monotonic() - start < SLOW + 3


def test_it_cuts_the_body(proxy: FaultProxy) -> None:
    proxy.mode = Mode.CUT
    with pytest.raises(http.client.IncompleteRead):
        search(proxy)


def test_it_trickles_past_every_timeout_of_a_single_read(proxy: FaultProxy) -> None:
    proxy.mode = Mode.TRICKLE
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=WAITED)
    connection.request("GET", f"/{INDEX}/_search")
    answer = connection.getresponse()
    assert b"".join(answer.read(1) for _ in range(5)) == b'{"too'
    assert time.monotonic() - start > WAITED
    connection.close()


@pytest.mark.parametrize(
    ("mode", "body"),
    [(Mode.UNAVAILABLE, b"no healthy upstream"), (Mode.RED, b"all shards failed")],
)
def test_it_answers_503(proxy: FaultProxy, mode: Mode, body: bytes) -> None:
    proxy.mode = mode
    with pytest.raises(urllib.error.HTTPError) as error:
        search(proxy)
    with error.value as answer:
        assert (answer.code, body in answer.read()) == (503, True)


@pytest.mark.parametrize("mode", [Mode.HTML, Mode.TRUNCATED])
def test_it_answers_what_is_no_json(proxy: FaultProxy, mode: Mode) -> None:
    proxy.mode = mode
    with pytest.raises(json.JSONDecodeError):
        search(proxy)


def test_it_says_that_part_of_the_answer_is_lacking(proxy: FaultProxy) -> None:
    body = "{}\n{}\n"
    for path, content in ((f"{INDEX}/_search", ""), (f"{INDEX}/_msearch", body)):
        proxy.mode = Mode.TIMED_OUT
        found = ask(proxy.url, path, content)
        (result,) = found.get("responses", [found])
        assert result["timed_out"] is True
        proxy.mode = Mode.FAILED_SHARDS
        found = ask(proxy.url, path, content)
        (result,) = found.get("responses", [found])
        assert result["_shards"]["failed"] == 1


def test_it_blocks_writes_and_lets_reads_pass(proxy: FaultProxy) -> None:
    proxy.mode = Mode.READ_ONLY
    bulk = '{"index": {"_id": "2"}}\n{"title": "index"}\n{"delete": {"_id": "1"}}\n'
    answer = ask(proxy.url, f"{INDEX}/_bulk", bulk)
    assert answer["errors"] is True
    assert [
        (name, item["_id"], item["status"], item["error"]["type"])
        for entry in answer["items"]
        for name, item in entry.items()
    ] == [
        (name, key, 403, "cluster_block_exception")
        for name, key in (("index", "2"), ("delete", "1"))
    ]
    with pytest.raises(urllib.error.HTTPError) as error:
        ask(proxy.url, f"{INDEX}/_doc/1", "{}", "PUT")
    error.value.close()
    assert search(proxy)["hits"]["total"]["value"] == 1
