"""A thesaurus: what else helps to answer a word, and how much it counts beside the word itself.

A synonym is as good as the word; what stands here only helps to order what comes near.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from search.questions.text import (
    STOP_WORDS,
    Match,
    Synonyms,
    Way,
    asked_tokens,
    folded_words,
    phrase_match,
)

LIKE, BROADER, NARROWER = 0.7, 0.45, 0.25
"""How much counts what means nearly the same, what is broader, and what is narrower."""
STEP = 0.8
"""The part that is left after one more step: what is like the broader word, or the reverse."""

Key = tuple[str, ...]
Group = Iterable[str]
Links = dict[Key, dict[Key, Match]]
"""From each word to others, with what these find."""


def with_thesaurus(synonyms: Synonyms, like: Iterable[Group], broader: Iterable[Group]) -> Synonyms:
    """The synonyms with what a thesaurus adds: groups of like words, and words with narrower ones.

    The first of a group of `broader` is broader than all others of it.
    """
    alike: Links = {}
    up: Links = {}
    down: Links = {}
    for group in like:
        _link_all(alike, _named(group))
    for first, *others in broader:
        for wide, narrow in product(_named([first]), _named(others)):
            up.setdefault(narrow[0], {}).setdefault(*wide)
            down.setdefault(wide[0], {}).setdefault(*narrow)
    longest = max(map(len, (*alike, *up, *down)), default=1)
    return replace(synonyms, related=_Related(alike, up, down), longest_related=longest)


@dataclass(frozen=True, eq=False)
class _Related(Mapping[Key, tuple[Way, ...]]):
    """All that is known, each word worked out when it is asked: a text has few of them."""

    alike: Links
    up: Links
    down: Links

    @cached_property
    def _keys(self) -> frozenset[Key]:
        return frozenset((*self.alike, *self.up, *self.down))

    def __getitem__(self, key: Key) -> tuple[Way, ...]:
        if key not in self._keys:
            raise KeyError(key)
        return _ways(key, self.alike, self.up, self.down)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _named(group: Group) -> list[tuple[Key, Match]]:
    """The words of a group; what has no content would find everything."""
    return [
        (asked_tokens(phrase), phrase_match(phrase))
        for phrase in group
        if not STOP_WORDS.issuperset(folded_words(phrase))
    ]


def _link_all(links: Links, named: list[tuple[Key, Match]]) -> None:
    for key, _match in named:
        others = {other: match for other, match in named if other != key}
        links.setdefault(key, {}).update(others)


def _ways(key: Key, alike: Links, up: Links, down: Links) -> tuple[Way, ...]:
    """All ways from a word, each with its greatest weight."""
    weights: dict[Match, float] = {}
    for other, match, weight in _reached(key, alike, up, down):
        if other != key:
            weights[match] = max(weight, weights.get(match, 0))
    return tuple(Way(match, weight) for match, weight in weights.items())


def _reached(key: Key, alike: Links, up: Links, down: Links) -> Iterator[tuple[Key, Match, float]]:
    for other, match in alike.get(key, {}).items():
        yield other, match, LIKE
        for broader, found in up.get(other, {}).items():
            yield broader, found, BROADER * STEP
    for broader, match in up.get(key, {}).items():
        yield broader, match, BROADER
        for other, found in alike.get(broader, {}).items():
            yield other, found, BROADER * STEP
    for narrower, match in down.get(key, {}).items():
        yield narrower, match, NARROWER
