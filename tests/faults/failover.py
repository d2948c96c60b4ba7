"""A site on a real Elasticsearch behind a fault proxy, with a standby; and what to ask of it."""

import http.client
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from search import engines
from search.documents import Index
from search.engines.base import Engine
from tests import indexes
from tests.faults.proxy import FaultProxy

NOTICE = (
    "U ziet een reservezoekmachine, want de gewone werkt even niet. U kunt gewoon verder zoeken."
)

QUERIES = (
    # Each has something that an engine might count otherwise than the standby does.
    "",
    "q=wijk",
    "q=wijk&pagina=2",
    "q=jongerenwerkers&vorm=training",
    "q=%22de+wijk%22+-school",
    "vorm=training&vorm=expertmeeting&doelgroep=eerstelijn",
    "jaar=2008-2010&sorteer=jaar",
    "thema=polarisatie&sorteer=gemeente&pagina=3",
    "q=jongerenwrk",
    "q=wijk&vorm=training&jaar=1990",
)
"""By an order with one outcome only: relevance may differ between engines in its last digits."""


def address(query: str, path: str = "/praktijken.json") -> str:
    """The address of a search, in an order that is the same for all engines."""
    return (
        f"{path}?{query}" if "sorteer=" in query else f"{path}?sorteer=nieuwste&{query}".rstrip("&")
    )


def fill_standby(index: Index) -> None:
    """Let the standby hold what the database has."""
    standby = engines.standby_for(index)
    assert standby is not None
    build(standby)


def build(engine: Engine) -> None:
    """Index all documents."""
    with engine.build() as builder:
        builder.apply(engine.index.load(list(engine.index.ids())), ())
        builder.swap()


@contextmanager
def behind(proxy: FaultProxy, folder: Path) -> Iterator[str]:
    """Let the site search in a new Elasticsearch index behind the proxy; its prefix."""
    prefix = f"failover-{uuid4().hex[:12]}"
    before = settings.SEARCH_STANDBY
    with indexes.index_in(folder / "unused"):
        settings.SEARCH_URL = f"{proxy.url}/{prefix}"
        settings.SEARCH_STANDBY = str(folder / "standby")
        indexes.forget()
        try:
            yield prefix
        finally:
            settings.SEARCH_STANDBY = before
            remove(proxy.behind, prefix)


def remove(elasticsearch: str, prefix: str) -> None:
    """Delete all indexes under a prefix, by their names: a wildcard may be forbidden."""
    with urllib.request.urlopen(f"{elasticsearch}/_cat/indices/{prefix}*?h=index") as answer:  # noqa: S310 (loopback)
        names = answer.read().decode().split()
    for name in names:
        request(elasticsearch, "DELETE", f"/{name}")


def request(url: str, method: str, path: str, body: str = "") -> str:
    """What a server answers, which must be well."""
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status < 300, text
        return text
    finally:
        connection.close()


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait until something holds, at most so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.05)
