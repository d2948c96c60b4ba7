"""Elasticsearch through our engine, beside the leanest request that gives the same answer."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings

from benchmarks.figures import Figure, median_and_p95, median_of, warm
from benchmarks.queries import mixed, most_common_word
from practices.indexes.practices import PRACTICES
from practices.indexes.registers import current
from search.documents import batches
from search.engines import engine_for, reader_for
from search.engines.elasticsearch import requests
from search.engines.elasticsearch.schema import LINES
from search.indexing.rebuild import rebuild
from search.questions.parsing import parse_text
from search.questions.query import Query
from search.results.answers import request_of, run

PASSES = 3
WARM_SECONDS = 15.0


def fill() -> Iterator[Figure]:
    """The index from prepared documents, then from the database as operators do it."""
    documents = [
        document for batch in batches(PRACTICES.ids()) for document in PRACTICES.load(batch)
    ]
    start = time.perf_counter()
    with engine_for(PRACTICES).build() as builder:
        builder.apply(documents, ())
        builder.swap()
    yield Figure("elastic.bulk", len(documents) / (time.perf_counter() - start))
    start = time.perf_counter()
    count = rebuild(PRACTICES)
    yield Figure("elastic.rebuild", count / (time.perf_counter() - start))


def measure() -> Iterator[Figure]:
    """Engine and floor in turns, so that both meet the same moments of the machine."""
    queries = mixed()
    floor = _Floor(settings.SEARCH_URL)
    pairs = [action for query in queries for action in (ours(query), floor.asking(query))]
    warm(pairs, WARM_SECONDS)
    times = median_of(PASSES, pairs)
    yield from median_and_p95("elastic", times[::2])
    yield from median_and_p95("floor", times[1::2])
    common = [ours(Query(most_common_word()))]
    yield Figure("elastic.common", median_of(PASSES * 3, common)[0])


def ours(query: Query) -> Callable[[], object]:
    """A search as the site runs it, without the page around it."""
    registers = current()
    return lambda: run(reader_for(PRACTICES), query, registers.facets, registers.synonyms)


class _Floor:
    """One connection, and requests that are written before the clock starts."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        self.path = f"/{parts.path.strip('/')}-{PRACTICES.name}/_msearch"

    def asking(self, query: Query) -> Callable[[], object]:
        """Sends the bodies that our engine would send, and reads the answer."""
        registers = current()
        text = parse_text(query.text, registers.synonyms)
        bodies = requests.parts(PRACTICES, request_of(query, text, registers.facets))
        lines = "".join(f"{{}}\n{LINES(body)}\n" for body in bodies).encode()
        headers = {"Content-Type": "application/x-ndjson"}

        def ask() -> object:
            self.connection.request("POST", self.path, lines, headers)
            return json.loads(self.connection.getresponse().read())

        return ask
