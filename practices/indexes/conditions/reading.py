"""Reads the conditions in a text."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from django.utils import timezone

from practices.indexes.conditions.numbers import conditions_with_numbers
from practices.indexes.conditions.places import (
    ALSO_WORDS,
    Meaning,
    Named,
    of_municipalities,
    of_provinces,
)
from practices.indexes.conditions.values import EMPTY, of_facets
from practices.indexes.conditions.words import Word, is_denied, key_of, words_of
from search.questions import dutch
from search.questions.facets import Facet
from search.questions.text import Chosen, Condition, Synonyms

Key = tuple[str, ...]
LONGEST = 512
"""Characters of a text that are read."""
REMEMBERED = 256


class Reading:
    """What is understood in the state of the registers that it is made of."""

    def __init__(
        self, facets: Mapping[str, Facet], places: Iterable[Named], synonyms: Synonyms
    ) -> None:
        self.facets = facets
        self.names: dict[Key, list[Meaning]] = {}
        for key, meaning in (*of_municipalities(places), *of_provinces()):
            if meaning not in (others := self.names.setdefault(key, [])):
                others.append(meaning)
        self.values: dict[Key, Meaning] = {}
        for key, value in of_facets(facets, synonyms):
            self.values.setdefault(key, value)
        self.empty = frozenset(map(key_of, EMPTY.split(", ")))
        self.longest_from: dict[str, int] = {}
        for first, *rest in (*self.names, *self.values, *self.empty):
            known = self.longest_from.get(first, 0)
            self.longest_from[first] = max(known, 1 + len(rest))
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def conditions(self, text: str) -> tuple[Condition, ...]:
        """All conditions in a text, in their order."""
        return self._remembered(text[:LONGEST], timezone.localdate())

    def _read(self, text: str, today: date) -> tuple[Condition, ...]:
        words = words_of(text)
        found = [*self._numbered(text, today)]
        taken = [(one.start, one.end) for one in found]
        at = 0
        while at < len(words):
            some = list(self._at(words, at, taken))
            found += some
            at += next((self._length(words[at:], one) for one in some), 1)
        return tuple(sorted(found, key=lambda one: one.start))

    def _at(self, words: list[Word], at: int, taken: list[tuple[int, int]]) -> Iterator[Condition]:
        """The conditions of the longest phrase that begins with a word."""
        first = words[at]
        longest = max(self.longest_from.get(key, 0) for key in (first.folded, first.stem))
        for length in range(min(longest, len(words) - at), 0, -1):
            run = words[at : at + length]
            start, end = run[0].start, run[-1].end
            if any(start < until and end > other for other, until in taken):
                continue
            if tuple(word.folded for word in run) in self.empty:
                yield Condition(start, end, None)
                return
            stems = tuple(word.stem for word in run)
            if is_denied(words, at):
                continue
            if names := self._names(run, words):
                yield from (self._condition(start, end, one) for one in names)
                return
            if stems in self.values:
                yield self._condition(start, end, self.values[stems])
                return

    def _names(self, run: list[Word], words: list[Word]) -> list[Meaning]:
        """The places with this name; one that is also a word needs a capital."""
        names = self.names.get(tuple(word.folded for word in run), [])
        is_shouted = all(word.is_capital for word in words)
        if len(run) == 1 and run[0].folded in ALSO_WORDS and (not run[0].is_capital or is_shouted):
            return [one for one in names if one.facet != "gemeente"]
        return names

    def _numbered(self, text: str, today: date) -> Iterator[Condition]:
        folded = "".join(char if len(dutch.fold(char)) != 1 else dutch.fold(char) for char in text)
        for start, end, meaning in conditions_with_numbers(folded, today):
            yield self._condition(start, end, meaning)

    def _condition(self, start: int, end: int, meaning: Meaning) -> Condition:
        facet = self.facets[meaning.facet]
        chosen = Chosen(meaning.facet, facet.indexed(meaning.values))
        return Condition(start, end, chosen, meaning.values, meaning.weight)

    @staticmethod
    def _length(words: list[Word], one: Condition) -> int:
        return sum(word.end <= one.end for word in words)
