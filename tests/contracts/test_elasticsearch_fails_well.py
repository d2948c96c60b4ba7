"""Whatever Elasticsearch does, a search has its error in time, and the error tells no secret."""

import contextlib
import json
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import EngineError, IndexMissingError, Request
from search.engines.elasticsearch.calls import MAX_CONNECTIONS
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.url import Servers, parse
from tests.contracts.conftest import new_index
from tests.contracts.strange_server import (
    HTML,
    JSON,
    PRODUCT,
    Answer,
    is_silent,
    response,
    says,
    strange_server,
    trickles,
)

DEADLINE = 0.3
SLACK = 0.7
"""How much later an error may come on a machine that is busy."""
WHOLE = {
    "took": 1,
    "timed_out": False,
    "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
    "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []},
    "aggregations": {"facets": {"sum_other_doc_count": 0, "buckets": []}},
    "status": 200,
}


def multi(*responses: object) -> Answer:
    return says(response(json.dumps({"took": 1, "responses": responses}), PRODUCT, JSON))


def failed(kind: str, status: int) -> dict[str, object]:
    return {"error": {"type": kind, "reason": "s3cret"}, "status": status}


STRANGE: dict[str, Answer] = {
    "says nothing": is_silent,
    "trickles a status line": trickles(b"HTTP/1.1 200 "),
    "trickles headers": trickles(b"HTTP/1.1 200 OK\r\nX: "),
    "trickles a body": trickles(response("", PRODUCT, JSON, length=10_000_000)),
    "closes": says(),
    "cuts half-way": says(response('{"responses": [', PRODUCT, JSON, length=1000)),
    "sends no HTTP": says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "is the login page of a proxy": says(response("<html>s3cret</html>", HTML)),
    "is a page that says it is Elasticsearch": says(response("<html>s3cret</html>", HTML, PRODUCT)),
    "is another product": says(response("{}", JSON)),
    "has no master": says(
        response(json.dumps(failed("master_not_discovered_exception", 503)), PRODUCT, JSON,
                 status="503 Service Unavailable")
    ),
    "does not know us": says(
        response(json.dumps(failed("security_exception", 401)), PRODUCT, JSON,
                 status="401 Unauthorized")
    ),
    "is a proxy without a server": says(response("s3cret", status="502 Bad Gateway")),
    "says something that is no JSON": says(response("s3cret}", PRODUCT, JSON)),
    "says nothing at all in JSON": says(response("null", PRODUCT, JSON)),
    "says a list": says(response("[]", PRODUCT, JSON)),
    "says something else": says(response('{"responses": 5}', PRODUCT, JSON)),
    "answers no question": multi(),
    "answers two questions for one": multi(WHOLE, WHOLE),
    "ran out of time": multi({**WHOLE, "timed_out": True}),
    "searched some shards": multi({**WHOLE, "_shards": {"total": 2, "failed": 1}}),
    "has a red index": multi(failed("search_phase_execution_exception", 503)),
    "has hits without ids": multi({**WHOLE, "hits": {"total": {"value": 1}, "hits": [{}]}}),
    "has no total": multi({**WHOLE, "hits": {"hits": []}}),
    "has no counts": multi({**WHOLE, "aggregations": {}}),
    "has counted some values": multi(
        {**WHOLE, "aggregations": {"facets": {"sum_other_doc_count": 1, "buckets": []}}}
    ),
}  # fmt: skip


def engine_at(address: str, deadline: float = DEADLINE) -> ElasticsearchEngine:
    servers, prefix = parse(f"http://s3cret-user:s3cret@{address}/s3cret-prefix")
    return ElasticsearchEngine(new_index(), servers, prefix, deadline=deadline)


@pytest.fixture(params=STRANGE)
def engine(request: pytest.FixtureRequest) -> Iterator[ElasticsearchEngine]:
    with strange_server(STRANGE[request.param]) as address:
        yield engine_at(address)


def error_of(question: Callable[[], object]) -> EngineError:
    with pytest.raises(EngineError) as caught:
        question()
    return caught.value


def test_the_answer_that_all_others_differ_from_is_a_good_one() -> None:
    with strange_server(multi(WHOLE)) as address:
        assert engine_at(address).search(Request()).total == 0


def test_a_search_has_an_error_in_time_that_tells_no_secret(engine: ElasticsearchEngine) -> None:
    began = time.monotonic()
    error = error_of(lambda: engine.search(Request()))
    assert time.monotonic() - began < DEADLINE + SLACK
    assert not isinstance(error, IndexMissingError)
    told = "".join(traceback.format_exception(error))
    for secret in ("s3cret", "127.0.0.1", "Authorization"):
        assert secret not in str(error)
        assert secret not in told


def test_what_is_refused_by_nobody_listening_is_an_error_at_once() -> None:
    with strange_server(is_silent) as address:
        pass
    began = time.monotonic()
    assert "cannot be reached" in str(error_of(lambda: engine_at(address).search(Request())))
    assert time.monotonic() - began < SLACK


def test_an_index_that_is_missing_is_told_from_all_other_errors() -> None:
    with strange_server(multi(failed("index_not_found_exception", 404))) as address:
        error = error_of(lambda: engine_at(address).search(Request()))
    assert isinstance(error, IndexMissingError)


def test_a_server_that_trickles_costs_the_others_nothing() -> None:
    with (
        strange_server(STRANGE["trickles a body"]) as bad,
        strange_server(multi(WHOLE)) as good,
    ):
        engine = engine_at(f"{bad},{good}")
        answers: list[int | None] = []
        for _number in range(6):
            try:
                answers.append(engine.search(Request()).total)
            except EngineError as error:
                assert "in time" in str(error)  # noqa: PT017 (some of them answer)
                answers.append(None)
    assert answers[2:] == [0, 0, 0, 0]


def test_a_call_within_a_call_leaves_the_time_of_the_other_as_it_was() -> None:
    with strange_server(multi(WHOLE)) as good, strange_server(is_silent) as silent:
        inner = engine_at(good)
        asked = engine_at(silent, deadline=DEADLINE)

        def both(client: Elasticsearch) -> object:
            inner.search(Request())
            return client.info()

        began = time.monotonic()
        error_of(lambda: asked.cluster.ask(both, DEADLINE))
        assert time.monotonic() - began < DEADLINE + SLACK


def test_who_takes_no_connection_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as first:
        host, port = full.getsockname()
        for _ in range(3):  # nobody accepts them, so the next ones get no answer at all
            waiting = first.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((host, port))
        began = time.monotonic()
        assert "in time" in str(error_of(lambda: engine_at(f"{host}:{port}").search(Request())))
        assert time.monotonic() - began < DEADLINE + SLACK


def test_all_questions_of_a_search_share_one_deadline() -> None:
    with strange_server(multi(WHOLE)) as address:
        reader = engine_at(address).reader()
        assert reader.total(Request()) == 0
        time.sleep(DEADLINE)
        assert "in time" in str(error_of(lambda: reader.total(Request())))


@pytest.mark.parametrize("strange", ["says nothing", "trickles headers", "trickles a body"])
def test_many_visitors_at_once_each_have_their_error_in_time(strange: str) -> None:
    took: list[float] = []
    with strange_server(STRANGE[strange]) as address:
        engine = engine_at(address)

        def visit() -> None:
            began = time.monotonic()
            error_of(lambda: engine.search(Request()))
            took.append(time.monotonic() - began)

        visitors = [threading.Thread(target=visit) for _ in range(2 * MAX_CONNECTIONS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join(30)
    assert len(took) == len(visitors)
    assert max(took) < DEADLINE + 2 * SLACK


def test_calls_that_were_given_up_hold_up_no_later_one() -> None:
    with strange_server(STRANGE["trickles a body"]) as address:
        hung = [
            threading.Thread(
                target=error_of, args=[lambda: engine_at(address).search(Request())], daemon=True
            )
            for _ in range(MAX_CONNECTIONS)
        ]
        for visitor in hung:
            visitor.start()
        for visitor in hung:
            visitor.join(30)
        # The strange server still sends; its callers have hung up.
        with strange_server(multi(WHOLE)) as good:
            assert engine_at(good, deadline=5).search(Request()).total == 0


def test_writing_and_asking_for_the_state_fail_as_well_as_searching(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.engine.PATIENCE", DEADLINE)
    monkeypatch.setattr("search.engines.elasticsearch.generations.PATIENCE", DEADLINE)
    for question in (engine.status, engine.versions, lambda: engine.apply((), [(1, 1)])):
        assert "s3cret" not in str(error_of(question))


def test_servers_show_no_secret() -> None:
    servers = Servers(("https://host:9200",), user="s3cret", password="s3cret", api_key="s3cret")
    assert "s3cret" not in repr(servers)
