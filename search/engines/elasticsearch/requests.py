"""What Elasticsearch is asked, and what its answers say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from search.documents import Index
from search.engines.base import Answer, EngineError, Request
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.schema import EXACT, FACETS, GONE, ID, PASSAGES, Body
from search.engines.spelling import errors_allowed
from search.questions.query import MAX_DEPTH, NEWEST, RELEVANCE
from search.questions.text import SYNONYM_WEIGHT, Clause, Match, Text

MOST_VALUES = 30_000
"""All facets have fewer; were there more, the answer would be an error and not a wrong count."""
MOST_WORDS = 1_000
WITHOUT_SOURCE: Body = {"_source": False, "stored_fields": "_none_"}
Clauses = tuple[list[Body], list[Body]]
FIRST_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


# Asking


def parts(index: Index, request: Request) -> list[Body]:
    """What answers a request: the page with all counts, and each chosen facet without itself."""
    text = text_clauses(index, request.text)
    page = _page(index, request, text)
    page["aggs"] = _counts(FACETS)
    return [page, *(_alone(request, name, text) for name in request.filters)]


def _page(index: Index, request: Request, text: Clauses) -> Body:
    """Total, ids and passages. No page reaches beyond the depth that Elasticsearch sorts."""
    size = max(0, min(request.limit, MAX_DEPTH - request.offset))
    descending = index.orders.get(request.order)
    body: Body = {
        "track_total_hits": True,
        "from": request.offset if size else 0,
        "size": size,
        "query": _lifted(request, _query(text, _chosen(request), is_scored=descending is None)),
    }
    if request.is_by_lifts:
        body["sort"] = ["_score", {schema.order_field(NEWEST): "desc"}, ID]
    elif descending is None:
        body["sort"] = ["_score", ID]
    else:
        body["sort"] = [{schema.order_field(request.order): "desc" if descending else "asc"}, ID]
    if not request.text.required:
        # The id stands in what it was sorted by, so nothing stored need be read.
        body |= WITHOUT_SOURCE
    return body


def _alone(request: Request, name: str, text: Clauses) -> Body:
    """The counts of one facet as if nothing was chosen in it."""
    return {
        "size": 0,
        "track_total_hits": False,
        "query": _query(text, _chosen(request, but=name), is_scored=False),
        "aggs": _counts(schema.facet_field(name)),
    }


def _counts(field: str) -> Body:
    # In the order of their keys, as they stand in the index: to sort by count takes a tenth longer.
    return {FACETS: {"terms": {"field": field, "size": MOST_VALUES, "order": {"_key": "asc"}}}}


def only_ids(index: Index, request: Request) -> Body:
    """What gives the documents of a page, without what is stored of them."""
    return _page(index, request, text_clauses(index, request.text)) | WITHOUT_SOURCE


def only_total(index: Index, request: Request) -> Body:
    """What tells how many documents match."""
    matching = query(index, request, is_scored=False)
    return {"size": 0, "track_total_hits": True, "query": matching}


def query(index: Index, request: Request, *, is_scored: bool) -> Body:
    """The documents of a request; only its text counts for their rank."""
    return _query(text_clauses(index, request.text), _chosen(request), is_scored=is_scored)


def _chosen(request: Request, but: str = "") -> list[Body]:
    """All that is chosen, but for the filter of one facet."""
    filters = [(name, values) for name, values in request.filters.items() if name != but]
    return [
        {"terms": {schema.facet_field(name): list(values)}}
        for name, values in (*filters, *request.also)
    ]


def _query(text: Clauses, chosen: list[Body], *, is_scored: bool) -> Body:
    wanted, unwanted = text
    if not wanted:
        unwanted = [*unwanted, {"term": {GONE: True}}]
    clauses: Body = {"must": wanted, "filter": chosen}
    if not is_scored:
        clauses = {"filter": [*wanted, *chosen]}
    return {"bool": {**clauses, "must_not": unwanted}}


def _lifted(request: Request, found: Body) -> Body:
    """The query whose ranks grow by what is lifted, or are that alone where nothing is ranked."""
    if not request.lifts or request.order != RELEVANCE:
        return found
    functions = [
        {
            "filter": {"terms": {schema.facet_field(lift.facet): list(lift.values)}},
            "weight": 1 + lift.part,
        }
        for lift in request.lifts
    ]
    mode = "replace" if request.is_by_lifts else "multiply"
    return {"function_score": {"query": found, "functions": functions, "boost_mode": mode}}


def text_clauses(index: Index, text: Text) -> Clauses:
    """What must occur and what may not."""
    wanted = [clause(index, one) for one in text.required]
    if text.any_of:
        wanted.append({"bool": {"should": [_token(index, token) for token in text.any_of]}})
    return wanted, [clause(index, one) for one in text.excluded]


def clause(index: Index, asked: Clause) -> Body:
    """The documents that answer a clause in any way."""
    word, *synonyms = (match(index, one) for one in asked)
    if not synonyms:
        return word
    lighter = [{"bool": {"must": synonym, "boost": SYNONYM_WEIGHT}} for synonym in synonyms]
    return {"dis_max": {"queries": [word, *lighter]}}


def match(index: Index, asked: Match) -> Body:
    """The documents in which a match occurs; several tokens that are no phrase, in any field."""
    if asked.is_phrase:
        if len(asked.tokens) == 1:
            return {"term": {EXACT: asked.tokens[0]}}
        return {"match_phrase": {EXACT: " ".join(asked.tokens)}}
    tokens = [_token(index, token) for token in asked.tokens]
    return tokens[0] if len(tokens) == 1 else {"bool": {"must": tokens}}


def _token(index: Index, token: str) -> Body:
    return {
        "bool": {
            "should": [
                {"term": {schema.text_field(name): {"value": token, "boost": weight}}}
                for name, weight in index.weights.items()
            ]
        }
    }


# Reading answers


def answer(index: Index, request: Request, page: Body, alone: Iterable[Body]) -> Answer:
    """The answer in the responses to the parts of a request."""
    found = ids(page)
    passages: dict[int, tuple[str, ...]] = {}
    if request.text.required:
        hits = zip(found, page["hits"]["hits"], strict=True)
        passages = {key: tuple(hit["_source"][PASSAGES]) for key, hit in hits}
    counts: dict[str, dict[str, int]] = {name: {} for name in index.facets}
    for bucket in _buckets(page):
        name, value = _name_and_value(bucket["key"])
        counts[name][value] = bucket["doc_count"]
    for name, one in zip(request.filters, alone, strict=True):
        counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in _buckets(one)}
    return Answer(total(page), found, counts, passages)


@lru_cache(maxsize=MOST_VALUES)
def _name_and_value(key: str) -> tuple[str, str]:
    """A facet and a value, as one field holds them all; kept, as each answer has hundreds."""
    name, _colon, value = key.partition(":")
    return name, value


def ids(response: Body) -> tuple[int, ...]:
    """The documents of a response, in their order."""
    return tuple(int(hit["sort"][-1]) for hit in response["hits"]["hits"])


def total(response: Body) -> int:
    """How many documents a response found."""
    return int(response["hits"]["total"]["value"])


def _buckets(response: Body) -> Sequence[Body]:
    found = response["aggregations"][FACETS]
    if found["sum_other_doc_count"]:
        raise EngineError("The facets have more values than Elasticsearch was asked for.")
    buckets: Sequence[Body] = found["buckets"]
    return buckets


# Spelling


def suggestions(word: str) -> Body:
    """All words of the documents with at most two typing errors, however few or many have them.

    Elasticsearch finds two errors only in words that begin alike. So the word is also asked for
    with each error that its first letter may have, and one error more.
    """
    settings = {
        "field": EXACT,
        "suggest_mode": "always",
        "prefix_length": 0,
        "min_word_length": 1,
        "max_term_freq": 2**31 - 1,
        "accuracy": 0,
        "size": MOST_WORDS,
        "shard_size": MOST_WORDS,
    }
    near: Body = {"near": {"text": word, "term": {**settings, "max_edits": 2}}}
    if errors_allowed(word) > 1:
        begun = " ".join(_begun_otherwise(word))
        near["begun_otherwise"] = {"text": begun, "term": {**settings, "max_edits": 1}}
    return {"size": 0, "suggest": near}


def _begun_otherwise(word: str) -> Iterator[str]:
    """The word with one error at its beginning: a letter too few, too many, other, or turned."""
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in FIRST_LETTERS:
        yield letter + word
        yield letter + word[1:]


def suggested(response: Body) -> dict[str, int]:
    """The words of suggestions, with how many documents have them or had."""
    return {
        option["text"]: option["freq"]
        for suggestions in response["suggest"].values()
        for found in suggestions
        for option in found["options"]
    }


def word_counts(words: Iterable[str]) -> Body:
    """How many documents have each of these words."""
    filters = {word: {"term": {EXACT: word}} for word in words}
    return {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"words": {"filters": {"filters": filters}}},
    }


def words_counted(response: Body) -> Mapping[str, int]:
    """The words that documents have, and how many."""
    buckets = response["aggregations"]["words"]["buckets"]
    return {word: bucket["doc_count"] for word, bucket in buckets.items()}


# Versions


def versions_after(key: int, size: int) -> Body:
    """The versions of the next documents in the order of their ids."""
    return {
        "size": size,
        "track_total_hits": False,
        "_source": False,
        "version": True,
        "query": {"bool": {"must_not": {"term": {GONE: True}}}},
        "sort": [ID],
        "search_after": [key],
    }


def versions(response: Body) -> Iterator[tuple[int, int]]:
    """Ids and versions."""
    for hit in response["hits"]["hits"]:
        yield int(hit["sort"][0]), int(hit["_version"])
