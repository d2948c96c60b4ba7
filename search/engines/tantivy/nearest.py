"""What comes nearest to a text, as tantivy is asked.

A query answers two dozen questions about each of a few documents in the digits of its score: each
adds its own power of two, and sums of these are exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from search.documents import Index
from search.engines.base import Candidate, Nearest
from search.engines.tantivy import schema
from search.engines.tantivy.files import readable
from search.questions.text import CHOSEN_SCORE, Chosen, Clause, Match, Near, Text, is_one_token

DIGITS = 24
"""So many binary digits of a score are exact."""
FIRST = 1000.0
"""What puts complete documents before all others; a score stays exact enough beside it."""
NEXT = 400.0
"""What puts documents of a like meaning before those that only have some of the words."""


MOST_KEPT = 10_000
"""So many totals are kept of one state of an index."""

Totals = dict[Match | Chosen | Clause, int]
"""How many documents answer what was asked in one state of an index, as far as somebody asked."""


class Hit(NamedTuple):
    """A document that was found: its id and where it stands."""

    id: int
    address: tantivy.DocAddress


class Stored:
    """What stands of a document in one state of an index; each part is read when it is asked."""

    def __init__(
        self, searcher: tantivy.Searcher, index: Index, address: tantivy.DocAddress
    ) -> None:
        self.searcher, self.index, self.address = searcher, index, address

    @cached_property
    @readable
    def _stored(self) -> tantivy.Document:
        return self.searcher.doc(self.address)

    @cached_property
    def facets(self) -> Mapping[str, frozenset[str]]:
        """The values of each facet."""
        return schema.facets(self._stored)

    @cached_property
    @readable
    def sort(self) -> Mapping[str, int]:
        """The number of each order."""
        fields = {name: schema.order_field(name) for name in self.index.orders}
        return {
            name: int(self.searcher.fast_field_values(field, [self.address])[0] or 0)
            for name, field in fields.items()
        }

    @property
    def passages(self) -> tuple[str, ...]:
        """The texts that may be shown."""
        return schema.passages(self._stored)


class NearSearch:
    """Asks one state of an index about one text that has `near`."""

    def __init__(
        self, searcher: tantivy.Searcher, index: Index, text: Text, near: Near, totals: Totals
    ) -> None:
        self.searcher, self.index, self.text, self.near = searcher, index, text, near
        self.totals = totals
        self.fields = schema.build(index)
        self.exact = schema.text_query(self.fields, index, text, is_scored=False)
        self.ways = [way for ways in near.ways for way in ways]

    def complete(self) -> int:
        """How many documents have all of the text."""
        return self._count(self.exact)

    def nearest(self, documents: int, complete: int, most: int) -> Nearest:
        """All that is asked of what is complete and of the best others."""
        answering = tuple(self._total(way.match) for way in self.ways)
        # Of what no document has nothing else need be asked.
        matches = {at: self._match(way.match) for at, way in enumerate(self.ways) if answering[at]}
        hits = self._hits(matches, most)
        words = [
            schema.clause_query(self.fields, self.index, one.clause) for one in self.near.asked
        ]
        places = [(at, field) for at in matches for field in self._places(self.ways[at].match)]
        asked = [
            self.exact,
            *words,
            *(self._in(matches[at], self.ways[at].match, field) for at, field in places),
        ]
        found = self._answers(asked, hits)
        return Nearest(
            complete,
            documents,
            tuple(self._total(one.clause) for one in self.near.asked),
            answering,
            tuple(self._candidates(hits, found, places)),
        )

    def _hits(self, matches: Mapping[int, Query], most: int) -> list[Hit]:
        """The best documents as tantivy ranks them, complete ones first."""
        first = Query.boost_query(self.exact, FIRST)
        weighed = (Query.boost_query(match, self.ways[at].weight) for at, match in matches.items())
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

    def _answers(self, asked: Sequence[Query], hits: Sequence[Hit]) -> Mapping[int, int]:
        """For each document a number: its binary digits are the queries that find it."""
        found = dict.fromkeys((hit.id for hit in hits), 0)
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
                found[by_address[address.segment_ord, address.doc]] |= int(score) << start
        return found

    def _candidates(
        self,
        hits: Sequence[Hit],
        found: Mapping[int, int],
        places: Sequence[tuple[int, str]],
    ) -> Iterator[Candidate]:
        after_words = 1 + len(self.near.asked)
        for hit in hits:
            is_complete, has, answered = False, [], dict[int, list[str]]()
            for place in _digits(found[hit.id]):
                if place >= after_words:
                    way, field = places[place - after_words]
                    answered.setdefault(way, []).extend([field] if field else [])
                elif place:
                    has.append(place - 1)
                else:
                    is_complete = True
            fields = {way: frozenset(names) for way, names in answered.items()}
            kept = Stored(self.searcher, self.index, hit.address)
            yield Candidate(hit.id, is_complete, frozenset(has), fields, kept)

    def _places(self, match: Match | Chosen) -> Sequence[str]:
        """The fields in which a match is looked for; no name where that is anywhere."""
        return tuple(self.index.weights) if is_one_token(match) else ("",)

    def _in(self, anywhere: Query, match: Match | Chosen, field: str) -> Query:
        if isinstance(match, Chosen) or not field:
            return anywhere
        return schema.token_in(self.fields, field, match.tokens[0])

    def _match(self, match: Match | Chosen) -> Query:
        if isinstance(match, Chosen):
            return schema.chosen_query(self.fields, match.facet, match.values, CHOSEN_SCORE)
        return schema.match_query(self.fields, self.index, match)

    def _total(self, asked: Match | Chosen | Clause) -> int:
        """How many documents answer: the same for all texts, so it is kept."""
        total = self.totals.get(asked)
        if total is None:
            if isinstance(asked, Match | Chosen):
                total = self._count(self._match(asked))
            else:
                total = self._count(schema.clause_query(self.fields, self.index, asked))
            if len(self.totals) >= MOST_KEPT:
                self.totals.clear()
            self.totals[asked] = total
        return total

    def _count(self, query: Query) -> int:
        return schema.total(self.searcher.search(query, 1))


def _digits(number: int) -> Iterator[int]:
    """The places of the binary digits of a number that are 1."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
