"""Asks Elasticsearch what one search wants to know, within the time that a search has."""

import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from search.documents import Index
from search.engines import spelling
from search.engines.base import Answer, Axis, Crossed, EngineError, Nearest, Reader, Request
from search.engines.elasticsearch import crossed, nearest, requests
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.errors import IncompleteError, as_engine_errors, check_complete
from search.questions.query import MAX_DEPTH
from search.questions.text import Text

LONGEST_WORD = 66
"""Two more letters than any word in an index has."""


class ElasticsearchReader(Reader):
    """Answers from an alias, until its time is over."""

    def __init__(self, cluster: Cluster, index: Index, alias: str, seconds: float) -> None:
        self._cluster, self._index, self._alias = cluster, index, alias
        self._ends = time.monotonic() + seconds

    def search(self, request: Request) -> Answer:
        """Answer a request, in one round trip."""
        base, *alone = self._answers(requests.parts(self._index, request), request)
        with as_engine_errors():
            return requests.answer(self._index, request, base, alone)

    def total(self, request: Request) -> int:
        """How many documents match."""
        [found] = self._answers([requests.only_total(self._index, request)], request)
        with as_engine_errors():
            return requests.total(found)

    def totals(self, asked: Sequence[Request]) -> list[int]:
        """How many documents match each request, in one round trip."""
        if not asked:
            return []
        bodies = [requests.only_total(self._index, request) for request in asked]
        found = self._answers(bodies, asked[0])
        with as_engine_errors():
            return list(map(requests.total, found))

    def ids(self, request: Request) -> Sequence[int]:
        """The documents of a page."""
        [found] = self._answers([requests.only_ids(self._index, request)], request)
        with as_engine_errors():
            return requests.ids(found)

    def every_id(self, request: Request) -> Sequence[int]:
        """All that a request finds, so many at once as Elasticsearch sorts."""
        found: list[int] = []
        body = requests.only_ids(self._index, replace(request, offset=0, limit=MAX_DEPTH))
        while True:
            [page] = self._answers([body], request)
            with as_engine_errors():
                found += requests.ids(page)
                hits = page["hits"]["hits"]
                if len(hits) < body["size"]:
                    return found
                body = {**body, "search_after": hits[-1]["sort"], "track_total_hits": False}

    def each_ids(self, asked: Sequence[Request]) -> list[Sequence[int]]:
        """The documents of a page of each request, in one round trip."""
        if not asked:
            return []
        bodies = [requests.only_ids(self._index, request) for request in asked]
        found = self._answers(bodies, asked[0])
        with as_engine_errors():
            return list(map(requests.ids, found))

    def crossed(self, request: Request, rows: Axis, columns: Axis) -> Crossed:
        """Counts of two facets together, in one round trip."""
        if not rows.values or not columns.values:
            return {value: {} for value in rows.values}
        body = crossed.body(self._index, request, rows, columns)
        [found] = self._answers([body], request)
        with as_engine_errors():
            return crossed.counts(found)

    def nearest(self, text: Text, few: int, most: int) -> Nearest:
        """What comes nearest to a text, in one round trip."""
        if text.near is None:
            return Nearest(self.total(Request(text)))
        body = nearest.body(self._index, text, text.near, most)
        [found] = self._answers([body], Request(text))
        with as_engine_errors():
            return nearest.answer(self._index, found, few)

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Words within one or two typing errors of `word`, from documents that have such."""
        if not spelling.errors_allowed(word) or len(word) > LONGEST_WORD:
            return ()
        [response] = self._answers([requests.suggestions(word)])
        with as_engine_errors():
            near = spelling.nearest(word, requests.suggested(response))
        if not near:
            return ()
        # Suggestions count documents that are gone too, until Elasticsearch tidies up.
        [response] = self._answers([requests.word_counts(near)])
        with as_engine_errors():
            counts = requests.words_counted(response)
            return [(term, counts[term]) for term in near if counts[term]]

    def time_left(self) -> float:
        """Seconds until the search must have its answer; raises `EngineError` if there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise EngineError("Elasticsearch did not answer in time.")
        return left

    def _answers(self, bodies: Sequence[Any], request: Request | None = None) -> list[Any]:
        """The responses to some questions, each of them whole.

        An answer that is not is asked for once more: the index may just have been replaced, or a
        server gone whose copies are elsewhere too.
        """
        head = {
            "preference": _copy(request),
            "request_cache": True,
            "allow_partial_search_results": False,
        }
        searches = [line for body in bodies for line in (head, body)]
        try:
            return self._asked(searches)
        except IncompleteError:
            return self._asked(searches)

    def _asked(self, searches: Sequence[Any]) -> list[Any]:
        response = self._cluster.ask(
            lambda client: client.msearch(index=self._alias, searches=searches), self.time_left()
        )
        with as_engine_errors():
            found = list(response.body["responses"])
            for one in found:
                check_complete(one)
            if 2 * len(found) != len(searches):
                raise EngineError("Elasticsearch answered only a part of the questions.")
        return found


def _copy(request: Request | None) -> str:
    """The same copy of the index for all pages of a search: copies may rank a little differently.

    Different searches are spread over the copies, and what one has cached is asked of it again.
    """
    asked = request or Request()
    what = (asked.text, sorted(asked.filters.items()), asked.also)
    return str(zlib.crc32(repr(what).encode("utf-8", "replace")))
