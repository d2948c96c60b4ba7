"""Weighs documents that lack some of the words of a text: the same numbers for every engine.

As BM25 weighs fields (BM25F), but for how often a word stands in a field and how long that is:
engines count these differently, and measured they add nothing. So the order is a function of exact
counts: in how many documents a word stands, and in which fields of this one.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from search.documents import Index
from search.engines.base import Candidate, Nearest
from search.meaning.nearest import Alike
from search.questions.facets import Lift
from search.questions.text import Chosen, Near, Way

REST = 30
"""So many documents that are not complete are found at most."""
LOOKED_AT = 100
"""So many documents, the best as the engine ranks them, are weighed here."""
BAR = 0.1
"""The part of what all words could weigh together that a document must reach."""
UNKNOWN = 0.5
"""How much a word that no document has counts for the bar, beside the rarest that one has."""
SATURATION = 1.2
"""How fast one more field with the word adds less, as in BM25."""
MEANING = 1.0
"""How much the same meaning weighs, beside all words together."""
ALIKE = 0.2
"""So near is what is found by its meaning alone."""
SUBJECT = 0.17
"""Where nothing is so near, a text has hardly to do with what the documents are about …"""
SUBJECT_WORDS = 0.5
"""… unless one has so much of the words that tell what it is about: a place or a year does not."""
ANYWHERE = 2.0
"""The weight of the field of several words together, as it is not known."""


def best(
    nearest: Nearest, near: Near, index: Index, like: Alike | None = None
) -> tuple["Ranked", ...]:
    """All complete documents and the best others above the bar, each part from its best on."""
    scale = _Scale(nearest, near, index)
    scored = [
        Scored(one, scale.score(one), like.to(one.id) if like else 0.0)
        for one in nearest.candidates
    ]
    ranked = sorted(scored, key=lambda one: (-round(scale.together(one), 6), one.document.id))
    complete = [_ranked(one, scale) for one in ranked if one.document.is_complete]
    if like and like.best < SUBJECT and not any(map(scale.is_on_subject, nearest.candidates)):
        return tuple(complete)
    others = [
        _ranked(one, scale)
        for one in ranked
        if not one.document.is_complete
        and ((one.words > 0 and one.words >= scale.bar) or one.meaning >= ALIKE)
    ]
    return (*complete, *others[:REST])


class Ranked(NamedTuple):
    """A document, and what it weighs in all."""

    document: Candidate
    rank: float

    def lifted(self, lifts: Sequence[Lift]) -> float:
        """What it weighs with what is lifted."""
        parts = (
            lift.part
            for lift in lifts
            if not self.document.facets[lift.facet].isdisjoint(lift.values)
        )
        return round(self.rank * (1 + sum(parts)), 6)


def _ranked(one: "Scored", scale: "_Scale") -> Ranked:
    return Ranked(one.document, scale.together(one))


class Scored(NamedTuple):
    """A document, and what it weighs by its words and by its meaning."""

    document: Candidate
    words: float
    meaning: float


class _Scale:
    """What each word of a text weighs in one state of an index."""

    def __init__(self, nearest: Nearest, near: Near, index: Index) -> None:
        self.everything, self.weights = nearest.documents, index.weights
        ends = [*accumulate(map(len, near.ways), initial=0)]
        words = [range(start, end) for start, end in pairwise(ends)]
        self.word_of = [at for at, places in enumerate(words) for _place in places]
        self.parts: dict[frozenset[str], float] = {}
        ways = [way for one in near.ways for way in one]
        self.rarity = [
            way.weight * self._rarity(count)
            for way, count in zip(ways, nearest.answering, strict=False)
        ]
        most = [self._most(places, nearest) for places in words]
        self.most = sum(most)
        self.bar = BAR * self.most
        self.content = {
            at
            for at, places in enumerate(words)
            if all(_is_content(ways[place], index.subjects) for place in places)
        }
        self.most_content = sum(most[at] for at in sorted(self.content))

    def score(self, one: Candidate) -> float:
        """The sum over all words of the best way in which the document answers each."""
        return sum(self._answered(one).values())

    def together(self, one: Scored) -> float:
        """The same with what its meaning adds."""
        return one.words + MEANING * self.most * one.meaning

    def is_on_subject(self, one: Candidate) -> bool:
        """Whether a document has much of the words that tell what a text is about."""
        found = sum(part for word, part in self._answered(one).items() if word in self.content)
        return found > 0 and found >= SUBJECT_WORDS * self.most_content

    def _answered(self, one: Candidate) -> Mapping[int, float]:
        """Each word that the document answers, in their order, with the best way to do so."""
        found: dict[int, float] = {}
        for place in sorted(one.fields):
            word, answered = self.word_of[place], self.rarity[place] * self._part(one.fields[place])
            found[word] = max(found.get(word, 0.0), answered)
        return found

    def _part(self, names: frozenset[str]) -> float:
        """How much of a word counts that stands in these fields."""
        if names not in self.parts:
            weight = sum(self.weights[name] for name in sorted(names)) if names else ANYWHERE
            self.parts[names] = weight / (SATURATION + weight)
        return self.parts[names]

    def _most(self, places: range, nearest: Nearest) -> float:
        """What a word could weigh: itself, or where no document has it, what is like it."""
        if not nearest.answering:
            return 0.0
        if nearest.answering[places[0]]:
            return self.rarity[places[0]]
        known = [self.rarity[place] for place in places if nearest.answering[place]]
        return max(known, default=UNKNOWN * self._rarity(0))

    def _rarity(self, count: int) -> float:
        """How rare it is, as BM25 has it; at least nothing."""
        return math.log(1 + (self.everything - count + 0.5) / (count + 0.5))


def _is_content(way: Way, subjects: Collection[str]) -> bool:
    """Whether what answers so is about the same; a value of a facet need not be."""
    return not isinstance(way.match, Chosen) or way.match.facet in subjects
