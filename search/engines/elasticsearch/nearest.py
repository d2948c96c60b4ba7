"""What comes nearest to a text: what Elasticsearch is asked, in one question, and its answer.

Each query has a name, and each document that was found says which of them find it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from search.documents import Index
from search.engines.base import Candidate, Nearest
from search.engines.elasticsearch import requests, schema
from search.engines.elasticsearch.schema import FACETS, GONE, ID, PASSAGES, Body
from search.questions.text import (
    CHOSEN_SCORE,
    Chosen,
    Match,
    Near,
    Text,
    Way,
    is_one_token,
)

COMPLETE, WORDS, WAYS = "complete", "words", "ways"
FIRST = 1000.0
"""What puts complete documents before all others; a score stays exact enough beside it."""
NEXT = 400.0
"""What puts documents of a like meaning before those that only have some of the words."""


def body(index: Index, text: Text, near: Near, most: int) -> Body:
    """The best documents, complete ones first; and how many of all documents answer what."""
    wanted, unwanted = requests.text_clauses(index, text)
    complete: Body = {"bool": {"filter": wanted, "must_not": unwanted}}
    words = [requests.clause(index, one.clause) for one in near.asked]
    ways = [way for ways in near.ways for way in ways]
    some = [
        {"constant_score": {"filter": complete, "boost": FIRST, "_name": COMPLETE}},
        {"constant_score": {"filter": _among(near.alike), "boost": NEXT}},
        *(_named(query, f"{WORDS}:{at}") for at, query in enumerate(words)),
        *(_way(index, way.match, way.weight, at) for at, way in enumerate(ways)),
    ]
    return {
        "size": most + len(near.alike),
        "track_total_hits": False,
        "sort": ["_score", ID],
        "_source": [PASSAGES],
        "docvalue_fields": [FACETS, *map(schema.order_field, index.orders)],
        "query": {
            "bool": {
                "should": some,
                "minimum_should_match": 1,
                "filter": [requests.clause(index, phrase) for phrase in near.phrases],
                "must_not": unwanted,
            }
        },
        "aggs": {"all": {"global": {}, "aggs": {"live": _live(index, complete, words, ways)}}},
    }


def _live(index: Index, complete: Body, words: list[Body], ways: Sequence[Way]) -> Body:
    """What is counted of all documents, whatever was found."""
    matches = [_match(index, way.match) for way in ways]
    return {
        "filter": {"bool": {"must_not": [{"term": {GONE: True}}]}},
        "aggs": {
            COMPLETE: {"filter": complete},
            WORDS: {"filters": {"filters": words}},
            WAYS: {"filters": {"filters": matches}},
        },
    }


def _among(ids: Sequence[int]) -> Body:
    """Those of some documents that are not gone: an id leads to these too."""
    return {"bool": {"filter": [{"terms": {ID: ids}}], "must_not": [{"term": {GONE: True}}]}}


def _named(query: Body, name: str) -> Body:
    """A query that adds nothing to the rank but its name."""
    return {"constant_score": {"filter": query, "boost": 0.0, "_name": name}}


def _match(index: Index, match: Match | Chosen) -> Body:
    if isinstance(match, Chosen):
        values = {"terms": {schema.facet_field(match.facet): list(match.values)}}
        return {"constant_score": {"filter": values, "boost": CHOSEN_SCORE}}
    return requests.match(index, match)


def _way(index: Index, match: Match | Chosen, weight: float, at: int) -> Body:
    """A way with a name in each field; one of several words has one name, without a field."""
    if isinstance(match, Chosen) or not is_one_token(match):
        query = {"must": [_match(index, match)], "boost": weight, "_name": f"{WAYS}:{at}:"}
        return {"bool": query}
    fields = [
        {
            "term": {
                schema.text_field(name): {
                    "value": match.tokens[0],
                    "boost": of_field,
                    "_name": f"{WAYS}:{at}:{name}",
                }
            }
        }
        for name, of_field in index.weights.items()
    ]
    return {"bool": {"should": fields, "boost": weight}}


def answer(index: Index, response: Body, few: int) -> Nearest:
    """The answer in a response; where enough is complete, only how much that is."""
    live = response["aggregations"]["all"]["live"]
    complete = int(live[COMPLETE]["doc_count"])
    if complete >= few:
        return Nearest(complete)
    having, answering = (
        tuple(int(bucket["doc_count"]) for bucket in live[name]["buckets"])
        for name in (WORDS, WAYS)
    )
    hits = response["hits"]["hits"]
    candidates = tuple(_candidate(index, hit) for hit in hits)
    return Nearest(complete, int(live["doc_count"]), having, answering, candidates)


def _candidate(index: Index, hit: Body) -> Candidate:
    named = [name.split(":") for name in hit.get("matched_queries", ())]
    fields: dict[int, set[str]] = {}
    for kind, *place in named:
        if kind == WAYS:
            at, field = place
            fields.setdefault(int(at), set()).update([field] if field else [])
    return Candidate(
        id=int(hit["sort"][-1]),
        is_complete=[COMPLETE] in named,
        has=frozenset(int(place[0]) for kind, *place in named if kind == WORDS),
        fields={at: frozenset(names) for at, names in fields.items()},
        kept=Told(index, hit),
    )


class Told:
    """What a hit tells of a document; each part is read when it is asked for."""

    def __init__(self, index: Index, hit: Body) -> None:
        self.index, self.hit = index, hit

    @cached_property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The values of each facet."""
        return _facets(self.index, self.hit["fields"].get(FACETS, ()))

    @property
    def sort(self) -> Mapping[str, int]:
        """The number of each order."""
        values = self.hit["fields"]
        return {name: int(values[schema.order_field(name)][0]) for name in self.index.orders}

    @property
    def passages(self) -> tuple[str, ...]:
        """The texts that may be shown."""
        return tuple(self.hit["_source"][PASSAGES])


def _facets(index: Index, values: Sequence[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in index.facets}
    for key in values:
        name, _colon, value = key.partition(":")
        found[name].add(value)
    return {name: frozenset(of_facet) for name, of_facet in found.items()}
