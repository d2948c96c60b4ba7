"""An oracle of what a text finds: in plain Python, from the documents themselves.

It asks no engine and shares no code with `search/results`: all documents with all words, and where
these are fewer than ten, the best thirty of the others.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.documents import Document
from search.questions import dutch
from search.questions.text import Chosen, Clause, Match, Near, Text, Way, is_one_token

FEW, REST = 10, 30
BAR, UNKNOWN = 0.1, 0.5


@dataclass(frozen=True, eq=False)
class Known:
    """A document, as words are looked up in it."""

    document: Document

    @cached_property
    def tokens(self) -> Mapping[str, frozenset[str]]:
        """The tokens of each text field."""
        return {
            name: frozenset(token for text in texts for token in dutch.text_tokens(text))
            for name, texts in self.document.text.items()
        }

    @cached_property
    def phrases(self) -> str:
        """All texts as exact phrases compare them, a space around each word."""
        texts = (text for texts in self.document.text.values() for text in texts)
        return "|".join(f" {' '.join(dutch.simple_words(text))} " for text in texts)

    def fields(self, token: str) -> list[str]:
        """The fields in which a token stands."""
        return [name for name, tokens in self.tokens.items() if token in tokens]

    def answers(self, match: Match | Chosen) -> bool:
        """Whether a match occurs, or the document has one of the values."""
        if isinstance(match, Chosen):
            return not set(match.values).isdisjoint(self.document.facets.get(match.facet, ()))
        if match.is_phrase:
            return f" {' '.join(match.tokens)} " in self.phrases
        return all(self.fields(token) for token in match.tokens)

    def has(self, clause: Clause) -> bool:
        """Whether a clause is answered in any way."""
        return any(map(self.answers, clause))


class Oracle:
    """All documents of an index, each looked at for every question."""

    def __init__(self, documents: Iterable[Document], weights: Mapping[str, float]) -> None:
        self.known = [Known(one) for one in documents]
        self.weights = weights
        self._counts: dict[Match | Chosen, int] = {}

    def found(self, text: Text) -> dict[int, tuple[str, ...]]:
        """What a text finds, with the words that each lacks; in order where some lack any."""
        able = [one for one in self.known if not any(map(one.has, text.excluded))]
        complete = self.complete(text)
        found: dict[int, tuple[str, ...]] = {one.document.id: () for one in complete}
        if text.near is None or len(complete) >= FEW:
            return found
        others = [
            one for one in able if one not in complete and all(map(one.has, text.near.phrases))
        ]
        bar = BAR * sum(self._most(ways) for ways in _matches(text.near))
        scores = {one: self._score(one, text.near) for one in (*complete, *others)}
        rest = [one for one in _ranked(others, scores) if scores[one] and scores[one] >= bar]
        if not rest:
            return found
        ordered = [*_ranked(complete, scores), *rest[:REST]]
        missing = {one: _missing(one, text.near, complete) for one in ordered}
        first = [one for one in ordered if not missing[one]]
        last = [one for one in ordered if missing[one]]
        return {one.document.id: missing[one] for one in (*first, *last)}

    def complete(self, text: Text) -> list[Known]:
        """The documents with all of a text."""
        return [
            one
            for one in self.known
            if all(map(one.has, text.required)) and not any(map(one.has, text.excluded))
        ]

    def _score(self, one: Known, near: Near) -> float:
        return sum(
            max(
                (
                    weight * self._rarity(match) * self._strength(one, match)
                    for match, weight in ways
                ),
                default=0,
            )
            for ways in _matches(near)
        )

    def _most(self, ways: Sequence[tuple[Match | Chosen, float]]) -> float:
        (word, _weight), *_others = ways
        if self._having(word):
            return self._rarity(word)
        known = [weight * self._rarity(match) for match, weight in ways if self._having(match)]
        return max(known, default=UNKNOWN * self._rarity(word))

    def _strength(self, one: Known, match: Match | Chosen) -> float:
        if not one.answers(match):
            return 0
        weight = 2.0
        if isinstance(match, Match) and is_one_token(match):
            weight = sum(self.weights[name] for name in one.fields(match.tokens[0]))
        return weight / (1.2 + weight)

    def _having(self, match: Match | Chosen) -> int:
        if match not in self._counts:
            self._counts[match] = sum(one.answers(match) for one in self.known)
        return self._counts[match]

    def near(self, text: Text) -> int:
        """How many documents have any word of a text, or answer it in another way."""
        matches = (
            [match for ways in _matches(text.near) for match, _weight in ways] if text.near else []
        )
        return sum(any(map(one.answers, matches)) for one in self.known)

    def _rarity(self, match: Match | Chosen) -> float:
        having = self._having(match)
        return math.log(1 + (len(self.known) - having + 0.5) / (having + 0.5))


def _matches(near: Near) -> list[list[tuple[Match | Chosen, float]]]:
    return [[(way.match, way.weight) for way in ways] for ways in near.ways]


def _ranked(known: Iterable[Known], scores: Mapping[Known, float]) -> list[Known]:
    return sorted(known, key=lambda one: (-round(scores[one], 6), one.document.id))


def _missing(one: Known, near: Near, complete: Sequence[Known]) -> tuple[str, ...]:
    if one in complete:
        return ()
    met = {word for words, chosen in near.met_by if one.answers(chosen) for word in words}
    return tuple(
        asked.typed
        for asked in near.asked
        if not one.has(asked.clause) and not met.issuperset(asked.words)
    )


def tokens(way: Way) -> tuple[str, ...]:
    """The tokens of a way that is no value of a facet."""
    assert isinstance(way.match, Match)
    return way.match.tokens
