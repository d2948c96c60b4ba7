"""Elasticsearch goes silent at any of the calls that we make: each has its time, none waits on."""

import ast
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from search.engines.base import Axis, Engine, EngineError, Request
from search.engines.elasticsearch import build, cluster, engine, generations
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.url import parse
from search.questions.parsing import parse_text
from tests.contracts.conftest import new_index
from tests.contracts.corpus import DOCUMENTS, document
from tests.faults.failover import build as build_index
from tests.faults.failover import remove
from tests.faults.proxy import FaultProxy, Mode
from tests.services import elasticsearch_url

pytestmark = pytest.mark.fault

PATIENCE = 0.4
"""Seconds for each call, instead of ten or sixty."""
LONGEST = 5.0
"""Seconds for all calls after it went silent, on a machine that is busy: far less than the server
would take."""
FOLDER = Path(engine.__file__).parent


@dataclass(frozen=True)
class Silent:
    """An engine behind a proxy."""

    engine: ElasticsearchEngine
    proxy: FaultProxy


@pytest.fixture(scope="module")
def silent() -> Iterator[Silent]:
    index = new_index(DOCUMENTS[:20])
    with FaultProxy(elasticsearch_url()) as proxy:
        servers, prefix = parse(f"{proxy.url}/silent")
        made = ElasticsearchEngine(index, servers, prefix, deadline=1.5)
        build_index(made)
        try:
            yield Silent(made, proxy)
        finally:
            proxy.mode = Mode.PASS
            remove(proxy.behind, made.alias)


def put(one: Engine) -> None:
    one.apply([document(1, "training", version=10**6)], [(2, 10**6)])


OPERATIONS: dict[str, Callable[[Engine], object]] = {
    "search": lambda one: one.reader().search(Request(parse_text("training"))),
    "every_id": lambda one: one.reader().every_id(Request()),
    "crossed": lambda one: one.reader().crossed(
        Request(), Axis("vorm", ("training",)), Axis("gemeente", ("gouda",))
    ),
    "words": lambda one: one.reader().words_like("trainig"),
    "check": lambda one: one.check(),
    "status": lambda one: one.status(),
    "versions": lambda one: one.versions(),
    "put": put,
    "build": build_index,
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_call_has_its_time(silent: Silent, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, proxy = OPERATIONS[name], silent.proxy
    before = proxy.asked(Mode.PASS)
    operation(silent.engine)
    calls = proxy.asked(Mode.PASS) - before
    assert calls
    for module in (build, cluster, engine, generations):
        monkeypatch.setattr(module, "PATIENCE", PATIENCE)
    monkeypatch.setattr(silent.engine, "deadline", PATIENCE)
    for number in range(calls):
        proxy.silent_after(number)
        began = time.monotonic()
        with pytest.raises(EngineError):
            operation(silent.engine)
        assert time.monotonic() - began < LONGEST
        proxy.mode = Mode.PASS


def test_nobody_asks_the_cluster_but_through_what_has_a_time() -> None:
    """So that the walk above meets all calls there are: `Cluster.ask` gives each its seconds."""
    makers = {"client_of", "client_with", "Elasticsearch"}
    used = {
        (path.name, node.func.id)
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    found = {(file, name) for file, name in used if name in makers}
    assert found == {
        ("cluster.py", "client_with"),
        ("url.py", "client_of"),
        ("url.py", "Elasticsearch"),
    }
