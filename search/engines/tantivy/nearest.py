"""What comes nearest to a text, as tantivy is asked.

A query answers twenty questions about each of a few documents in the digits of its score: each
adds its own power of two, and sums of these are exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from search.documents import Index
from search.engines.base import Candidate, Nearest
from search.engines.tantivy import schema
from search.questions.text import CHOSEN_SCORE, Chosen, Match, Near, Text, is_one_token

DIGITS = 20
"""A score has 24 binary digits that are exact."""
FIRST = 1000.0
"""What puts complete documents before all others; a score stays exact enough beside it."""
NEXT = 400.0
"""What puts documents of a like meaning before those that only have some of the words."""


class Hit(NamedTuple):
    """A document that was found: its id and where it stands."""

    id: int
    address: tantivy.DocAddress


class NearSearch:
    """Asks one state of an index about one text that has `near`."""

    def __init__(self, searcher: tantivy.Searcher, index: Index, text: Text, near: Near) -> None:
        self.searcher, self.index, self.text, self.near = searcher, index, text, near
        self.fields = schema.build(index)
        self.exact = schema.text_query(self.fields, index, text, is_scored=False)
        self.ways = [way for ways in near.ways for way in ways]

    def complete(self) -> int:
        """How many documents have all of the text."""
        return self._count(self.exact)

    def nearest(self, documents: int, complete: int, most: int) -> Nearest:
        """All that is asked of what is complete and of the best others."""
        hits = self._hits(most)
        words = [
            schema.clause_query(self.fields, self.index, one.clause) for one in self.near.asked
        ]
        places = [
            (at, field) for at, way in enumerate(self.ways) for field in self._places(way.match)
        ]
        asked = [
            self.exact,
            *words,
            *(self._in(self.ways[at].match, field) for at, field in places),
        ]
        found = self._answers(asked, hits)
        return Nearest(
            complete,
            documents,
            tuple(map(self._count, words)),
            tuple(self._count(self._match(way.match)) for way in self.ways),
            tuple(self._candidates(hits, found, places)),
        )

    def _hits(self, most: int) -> list[Hit]:
        """The best documents as tantivy ranks them, complete ones first."""
        first = Query.boost_query(self.exact, FIRST)
        weighed = (Query.boost_query(self._match(way.match), way.weight) for way in self.ways)
        alike = [
            Query.const_score_query(schema.id_query(self.index, key), NEXT)
            for key in self.near.alike
        ]
        some = Query.boolean_query([(Occur.Should, query) for query in (first, *alike, *weighed)])
        # An id leads to what is gone too.
        live = Query.term_query(self.fields, schema.LIVE, 1)
        clauses = [(Occur.Must, some), (Occur.Must, Query.const_score_query(live, 0.0))]
        for phrase in self.near.phrases:
            query = schema.clause_query(self.fields, self.index, phrase)
            clauses.append((Occur.Must, Query.const_score_query(query, 0.0)))
        for excluded in self.text.excluded:
            query = schema.clause_query(self.fields, self.index, excluded)
            clauses.append((Occur.MustNot, query))
        limit = most + len(self.near.alike)
        found = self.searcher.search(Query.boolean_query(clauses), limit, count=False)
        addresses = [address for _score, address in found.hits]
        ids = schema.ids(self.searcher, addresses)
        return [Hit(key, address) for key, address in zip(ids, addresses, strict=True)]

    def _answers(self, asked: Sequence[Query], hits: Sequence[Hit]) -> Mapping[int, set[int]]:
        """For each document the places of the queries that find it."""
        found: dict[int, set[int]] = {hit.id: set() for hit in hits}
        if not hits:
            return found
        these = [(Occur.Should, schema.id_query(self.index, hit.id)) for hit in hits]
        among = Query.const_score_query(Query.boolean_query(these), 0.0)
        by_address = {(hit.address.segment_ord, hit.address.doc): hit.id for hit in hits}
        for start in range(0, len(asked), DIGITS):
            digits = [
                (Occur.Should, Query.const_score_query(query, float(2**place)))
                for place, query in enumerate(asked[start : start + DIGITS])
            ]
            query = Query.boolean_query([(Occur.Must, among), *digits])
            for score, address in self.searcher.search(query, len(hits), count=False).hits:
                places = found[by_address[address.segment_ord, address.doc]]
                places.update(start + at for at in range(DIGITS) if int(score) >> at & 1)
        return found

    def _candidates(
        self,
        hits: Sequence[Hit],
        found: Mapping[int, set[int]],
        places: Sequence[tuple[int, str]],
    ) -> Iterator[Candidate]:
        after_words = 1 + len(self.near.asked)
        addresses = [hit.address for hit in hits]
        numbers = {
            name: self.searcher.fast_field_values(schema.order_field(name), addresses)
            for name in (self.index.orders if hits else ())
        }
        for at, hit in enumerate(hits):
            stored = self.searcher.doc(hit.address)
            answered: dict[int, set[str]] = {}
            for place in found[hit.id]:
                if place >= after_words:
                    way, field = places[place - after_words]
                    answered.setdefault(way, set()).update([field] if field else [])
            yield Candidate(
                id=hit.id,
                is_complete=0 in found[hit.id],
                has=frozenset(place - 1 for place in found[hit.id] if 0 < place < after_words),
                fields={way: frozenset(fields) for way, fields in answered.items()},
                facets=schema.facets(stored),
                sort={name: int(values[at] or 0) for name, values in numbers.items()},
                passages=schema.passages(stored),
            )

    def _places(self, match: Match | Chosen) -> Sequence[str]:
        """The fields in which a match is looked for; no name where that is anywhere."""
        return tuple(self.index.weights) if is_one_token(match) else ("",)

    def _in(self, match: Match | Chosen, field: str) -> Query:
        if isinstance(match, Chosen) or not field:
            return self._match(match)
        return schema.token_in(self.fields, field, match.tokens[0])

    def _match(self, match: Match | Chosen) -> Query:
        if isinstance(match, Chosen):
            return schema.chosen_query(self.fields, match.facet, match.values, CHOSEN_SCORE)
        return schema.match_query(self.fields, self.index, match)

    def _count(self, query: Query) -> int:
        return schema.total(self.searcher.search(query, 1))
