"""How documents and requests look to tantivy: fields, stored facts and queries."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import tantivy
from pyroaring import BitMap
from tantivy import Occur, Query

from search.documents import Document, Index
from search.engines.base import Request
from search.engines.fingerprint import fingerprint
from search.engines.spelling import nearest
from search.engines.tantivy.bitmaps import Counts, FacetCounts, Values
from search.questions import dutch
from search.questions.text import SYNONYM_WEIGHT, Clause, Match, Text

ID, VERSION, STAMP, LIVE = "id", "version", "stamp", "is_live"
FACTS, PASSAGES, EXACT, FACET = "facts", "passages", "exact", "facet"


@cache
def build(index: Index) -> tantivy.Schema:
    """The fields of an index; texts come in as tokens, so that spaces are all that parts them."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(ID, indexed=True, fast=True)
    builder.add_unsigned_field(VERSION, fast=True)
    builder.add_unsigned_field(STAMP, indexed=True, fast=True)
    builder.add_unsigned_field(LIVE, indexed=True)
    builder.add_bytes_field(FACTS, stored=True)
    builder.add_bytes_field(PASSAGES, stored=True)
    builder.add_text_field(EXACT, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(FACET, tokenizer_name="raw", index_option="basic")
    for name in index.weights:
        builder.add_text_field(_text_field(name), tokenizer_name="whitespace", index_option="freq")
    for name in index.orders:
        builder.add_unsigned_field(order_field(name), fast=True)
    return builder.build()


def version(index: Index) -> str:
    """A fingerprint of all that decides how the same source is stored and found."""
    return fingerprint(index, __file__)


def order_field(order: str) -> str:
    """The field by which an order sorts."""
    return f"order_{order}"


def _text_field(name: str) -> str:
    return f"text_{name}"


# Writing


def document(source: Document, index: Index, stamp: int) -> tantivy.Document:
    """A document as it is stored, under the stamp of its commit."""
    stored = tantivy.Document()
    stored.add_unsigned(ID, source.id)
    stored.add_unsigned(VERSION, source.version)
    stored.add_unsigned(STAMP, stamp)
    stored.add_unsigned(LIVE, 1)
    for name in index.weights:
        texts = source.text.get(name, ())
        tokens = (token for text in texts for token in dutch.text_tokens(text))
        stored.add_text(_text_field(name), " ".join(tokens))
        for text in texts:
            stored.add_text(EXACT, " ".join(dutch.simple_words(text)))
    values = {name: list(source.facets.get(name, ())) for name in index.facets}
    for name, chosen in values.items():
        for value in chosen:
            stored.add_text(FACET, f"{name}:{value}")
    for name in index.orders:
        stored.add_unsigned(order_field(name), source.sort[name])
    stored.add_bytes(FACTS, json.dumps([source.id, values]).encode())
    for passage in source.passages:
        stored.add_bytes(PASSAGES, passage.encode())
    return stored


def tombstone(key: int, of_version: int, stamp: int) -> tantivy.Document:
    """What stays of a removed document, so that readers learn of its going."""
    stored = tantivy.Document()
    stored.add_unsigned(ID, key)
    stored.add_unsigned(VERSION, of_version)
    stored.add_unsigned(STAMP, stamp)
    stored.add_unsigned(LIVE, 0)
    stored.add_bytes(FACTS, json.dumps([key, None]).encode())
    return stored


# Reading


def passages(stored: tantivy.Document) -> tuple[str, ...]:
    """The passages of a stored document."""
    return tuple(bytes(passage).decode() for passage in stored.get_all(PASSAGES))


def facets(stored: tantivy.Document) -> Mapping[str, frozenset[str]]:
    """The values of each facet of a stored document."""
    _key, values = json.loads(_bytes(stored, FACTS))
    return {name: frozenset(of_facet) for name, of_facet in values.items()}


def ids(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> tuple[int, ...]:
    """The ids of documents at these addresses."""
    found = searcher.fast_field_values(ID, addresses) if addresses else []
    return tuple(int(key) for key in found if key is not None)


def _bytes(stored: tantivy.Document, name: str) -> bytes:
    return bytes(stored.get_first(name) or b"null")


def newest_stamp(searcher: tantivy.Searcher) -> int:
    """The stamp of the newest commit; 0 if there is none."""
    hits = searcher.search(Query.all_query(), 1, count=False, order_by_field=STAMP).hits
    return int(hits[0][0]) if hits else 0


def _facts(searcher: tantivy.Searcher, query: Query) -> Iterator[tuple[int, Values | None]]:
    for _score, address in searcher.search(query, max(1, searcher.num_docs), count=False).hits:
        key, values = json.loads(_bytes(searcher.doc(address), FACTS))
        yield key, values


def read_counts(searcher: tantivy.Searcher, fields: tantivy.Schema, index: Index) -> Counts:
    """The bitmaps of all documents of an index."""
    living = _facts(searcher, Query.const_score_query(Query.term_query(fields, LIVE, 1), 1.0))
    return Counts.of(((key, values) for key, values in living if values is not None), index.facets)


def changes_since(
    searcher: tantivy.Searcher, fields: tantivy.Schema, index: Index, stamp: int
) -> tuple[BitMap, Counts]:
    """The documents that changed or went after a stamp, and the bitmaps of those that are there."""
    newer = Query.range_query(fields, STAMP, tantivy.FieldType.Unsigned, lower_bound=stamp + 1)
    changes = list(_facts(searcher, newer))
    added = ((key, values) for key, values in changes if values is not None)
    return BitMap([key for key, _values in changes]), Counts.of(added, index.facets)


def versions(searcher: tantivy.Searcher, fields: tantivy.Schema) -> Mapping[int, int]:
    """The version of each document that is found."""
    return _versions(searcher, Query.term_query(fields, LIVE, 1))


def known_versions(
    searcher: tantivy.Searcher, index: Index, keys: Sequence[int]
) -> Mapping[int, int]:
    """The versions of these documents, also of those that were removed."""
    these = [(Occur.Should, id_query(index, key)) for key in keys]
    return _versions(searcher, Query.boolean_query(these))


def _versions(searcher: tantivy.Searcher, query: Query) -> Mapping[int, int]:
    size = max(1, searcher.num_docs)
    hits = searcher.search(query, size, count=False, order_by_field=ID).hits
    found = searcher.fast_field_values(VERSION, [address for _key, address in hits])
    return {int(key): int(of or 0) for (key, _address), of in zip(hits, found, strict=True)}


# Queries


def request_query(
    fields: tantivy.Schema, index: Index, request: Request, *, is_scored: bool
) -> Query:
    """The documents of a request; only its text counts for their rank, and what it lifts."""
    text = text_query(fields, index, request.text, is_scored=is_scored)
    clauses = [(Occur.Must, text)]
    for name, values in (*request.filters.items(), *request.also):
        clauses.append((Occur.Must, chosen_query(fields, name, values, 0.0)))
    if is_scored:
        for lift in request.lifts:
            # Tantivy multiplies no scores, so that of the text is counted once more, in part.
            among = (Occur.Must, chosen_query(fields, lift.facet, lift.values, 0.0))
            again = Query.boolean_query([among, (Occur.Must, text)])
            clauses.append((Occur.Should, Query.boost_query(again, lift.part)))
    return Query.boolean_query(clauses)


def lifted_queries(fields: tantivy.Schema, index: Index, request: Request) -> Iterator[Query]:
    """What a request finds, apart: the documents of each lift, and those of none."""
    found = request_query(fields, index, request, is_scored=False)
    lifted = [chosen_query(fields, one.facet, one.values, 0.0) for one in request.lifts]
    for one in lifted:
        yield Query.boolean_query([(Occur.Must, found), (Occur.Must, one)])
    yield Query.boolean_query([(Occur.Must, found), *((Occur.MustNot, one) for one in lifted)])


def chosen_query(fields: tantivy.Schema, name: str, values: Iterable[str], score: float) -> Query:
    """The documents that have any of these values of a facet, all with the same score."""
    # A set of terms would say the same, but makes an automaton of them at each search.
    terms = (Query.term_query(fields, FACET, f"{name}:{value}", "basic") for value in values)
    chosen = Query.boolean_query([(Occur.Should, term) for term in terms])
    return Query.const_score_query(chosen, score)


def id_query(index: Index, key: int) -> Query:
    """The document with this id."""
    return Query.term_query(build(index), ID, key)


def text_query(fields: tantivy.Schema, index: Index, text: Text, *, is_scored: bool) -> Query:
    """The documents in which every clause of a text occurs and no excluded one."""
    clauses = [(Occur.Must, clause_query(fields, index, clause)) for clause in text.required]
    if text.any_of:
        alike = ((Occur.Should, _token(fields, index, token)) for token in text.any_of)
        clauses.append((Occur.Must, Query.boolean_query(list(alike))))
    if not clauses:
        clauses = [(Occur.Must, Query.term_query(fields, LIVE, 1))]
    clauses += [(Occur.MustNot, clause_query(fields, index, clause)) for clause in text.excluded]
    query = Query.boolean_query(clauses)
    return query if is_scored else Query.const_score_query(query, 1.0)


def clause_query(fields: tantivy.Schema, index: Index, clause: Clause) -> Query:
    """The documents that answer a clause in any way."""
    word, *synonyms = (match_query(fields, index, match) for match in clause)
    if not synonyms:
        return word
    lighter = [Query.boost_query(synonym, SYNONYM_WEIGHT) for synonym in synonyms]
    return Query.disjunction_max_query([word, *lighter])


def match_query(fields: tantivy.Schema, index: Index, match: Match) -> Query:
    """The documents in which a match occurs; several tokens that are no phrase, in any field."""
    if match.is_phrase:
        if len(match.tokens) == 1:
            return Query.term_query(fields, EXACT, match.tokens[0])
        return Query.phrase_query(fields, EXACT, list(match.tokens))
    tokens = [_token(fields, index, token) for token in match.tokens]
    if len(tokens) == 1:
        return tokens[0]
    return Query.boolean_query([(Occur.Must, token) for token in tokens])


def _token(fields: tantivy.Schema, index: Index, token: str) -> Query:
    weighed = (
        Query.boost_query(token_in(fields, name, token), weight)
        for name, weight in index.weights.items()
    )
    return Query.boolean_query([(Occur.Should, query) for query in weighed])


def token_in(fields: tantivy.Schema, name: str, token: str) -> Query:
    """The documents that have a token in one text field."""
    return Query.term_query(fields, _text_field(name), token, "freq")


# Counts


def total(found: tantivy.SearchResult) -> int:
    """How many documents a query has, whatever its limit."""
    count: int = found.count  # type: ignore[attr-defined] # which tantivy's type hints forgot
    return count


def facet_counts(searcher: tantivy.Searcher, query: Query, only: str = "") -> FacetCounts:
    """How many of the documents of a query have each value of each facet, or of only one."""
    counts: FacetCounts = {only: {}} if only else {}
    for term, count in searcher.terms_with_prefix(FACET, f"{only}:" if only else "", query):
        name, _colon, value = term.partition(":")
        counts.setdefault(name, {})[value] = count
    return counts


# Spelling


def words_like(
    searcher: tantivy.Searcher, fields: tantivy.Schema, word: str
) -> Sequence[tuple[str, int]]:
    """Words of the documents at most one (short) or two errors away, nearest first."""
    counts = dict(searcher.terms_with_prefix(EXACT, ""))
    # The list still has the words of documents that went, until tantivy tidies up.
    found = ((term, _documents_with(searcher, fields, term)) for term in nearest(word, counts))
    return [(term, count) for term, count in found if count]


def _documents_with(searcher: tantivy.Searcher, fields: tantivy.Schema, word: str) -> int:
    return total(searcher.search(Query.term_query(fields, EXACT, word), 1))
