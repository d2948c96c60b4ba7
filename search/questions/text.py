"""What a searcher typed, as clauses that every engine understands.

All words must match; `"…"` asks for an exact phrase, `-` excludes, `+` says that a word is meant as
it stands. `AND`, `OR` and `NOT`, and in Dutch `EN`, `OF` and `NIET`, do what they say, in capitals
only. Everything else that engines know as syntax is plain text here. What lacks some of the words
may follow, where a text has `near`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search.questions import dutch

WORD_PARTS = re.compile(rf"{dutch.ABBREVIATION}|{dutch.LETTERS}(?:['’]{dutch.LETTERS})*")
"""The words that a searcher types; a hyphen parts them."""

CHOSEN_SCORE = 4.0
"""What an engine gives a document for a value of a facet, about as much as for a rare word."""
SYNONYM_WEIGHT = 0.5
"""How much a synonym counts beside the word that was typed."""

STOP_WORDS = dutch.STOP_WORDS
"""Words without content: asked for only when nothing else is asked for."""


class Match(NamedTuple):
    """Tokens that must all occur, or the words of an exact phrase, in their order."""

    tokens: tuple[str, ...]
    is_phrase: bool = False


Clause = tuple[Match, ...]
"""What one word or phrase asks for: any of its matches (the word itself first, then synonyms)."""


class Asked(NamedTuple):
    """A word that was asked for, or a run of words that together have a synonym."""

    typed: str
    """As it was typed."""
    words: tuple[str, ...]
    """The same, folded."""
    clause: Clause


class Chosen(NamedTuple):
    """What has one of these values of a facet, as documents have them."""

    facet: str
    values: tuple[str, ...]


class Way(NamedTuple):
    """One way in which a document may answer a word, and how much that counts beside the word."""

    match: Match | Chosen
    weight: float


class Condition(NamedTuple):
    """A part of a text that asks for values of a facet, in words."""

    start: int
    end: int
    """From this character of the text to before that one."""
    chosen: Chosen | None
    """None for a part that asks for nothing, as "practices" where only these are found."""
    values: tuple[str, ...] = ()
    """The values as they stand in an address."""
    weight: float = 1.0


def is_one_token(match: Match | Chosen) -> bool:
    """Whether it is a single token, of which one can say in which fields it stands."""
    return isinstance(match, Match) and not match.is_phrase and len(match.tokens) == 1


Conditions = Callable[[str], tuple[Condition, ...]]
"""Reads the conditions in a text, in their order; of one part there may be several."""


def no_conditions(_text: str) -> tuple[Condition, ...]:
    """No text has any."""
    return ()


@dataclass(frozen=True, slots=True)
class Near:
    """What makes a document good although it lacks some of the words."""

    asked: tuple[Asked, ...]
    """The words that a document may lack, without those that only repeat another one."""
    ways: tuple[tuple[Way, ...], ...]
    """For each word, or run of words that is known, the ways to answer it, itself first."""
    phrases: tuple[Clause, ...] = ()
    """Exact phrases, which nothing may lack."""
    met_by: tuple[tuple[frozenset[str], Chosen], ...] = ()
    """Folded words that nothing lacks which has a value of a facet."""
    meant: str = ""
    """What was typed, whose meaning is looked for."""
    alike: tuple[int, ...] = ()
    """Documents that are told of too, whatever words they have: their meaning comes near."""
    is_lone: bool = False
    """Whether there is one word, answered by itself: no word can lead to what lacks it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed text: every required clause must match and no excluded one may."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    words: tuple[str, ...] = ()
    """The folded words that were asked for, each for itself: no phrases, and nothing with `OR`."""
    has_lone_quote: bool = False
    any_of: tuple[str, ...] = ()
    """Tokens of which one must occur: the more do, and the rarer, the higher a document ranks."""
    asked: tuple[Asked, ...] = field(default=(), compare=False)
    """The required words, in their order."""
    either: tuple[Asked, ...] = ()
    """Those of `asked` that are alternatives, with `OR` between them."""
    joined: "tuple[Joined, ...]" = ()
    """Words beside each other that make one word."""
    meant: frozenset[str] = frozenset()
    """Folded words that are no typing error, as the searcher says."""
    source: "Source | None" = field(default=None, compare=False, repr=False)
    """How it can be read with other words, where a typing error may be corrected."""
    corrected: "tuple[Correction, ...]" = field(default=(), compare=False, repr=False)
    """The typing errors that were corrected in it."""
    near: Near | None = None
    """What else may be found where few documents have all of it; None where nothing may."""

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded or self.any_of)

    @property
    def marks(self) -> frozenset[str]:
        """The tokens that a highlighter marks."""
        return _marks(match for clause in self.required for match in clause)

    @property
    def near_marks(self) -> frozenset[str]:
        """Those and, for what lacks some of the words, the tokens of all ways to answer them."""
        ways = self.near.ways if self.near else ()
        matches = (way.match for one in ways for way in one)
        return self.marks | _marks(one for one in matches if isinstance(one, Match))


class Joined(NamedTuple):
    """Two words that make one: as they were typed, folded, and the one word."""

    typed: str
    words: tuple[str, str]
    whole: str

    @property
    def match(self) -> Match:
        """What has the one word."""
        return Match((dutch.tokens(self.whole)[0],))


class Correction(NamedTuple):
    """A typing error, and the word of the documents that is asked for in its place."""

    typed: str
    word: str


class Source(NamedTuple):
    """A text as it was typed, and how such a text is read."""

    typed: str
    read: Callable[[str], Text]


def _marks(matches: Iterable[Match]) -> frozenset[str]:
    found: set[str] = set()
    for match in matches:
        if match.is_phrase:
            found.update(dutch.tokens(word)[0] for word in match.tokens)
        else:
            found.update(match.tokens)
    return frozenset(found - STOP_WORDS)


@dataclass(frozen=True, slots=True, eq=False)
class Synonyms:
    """Groups of words and phrases of which each finds all the others; equal to itself only."""

    table: Mapping[tuple[str, ...], tuple[Match, ...]] = field(default_factory=dict)
    longest: int = 1
    related: Mapping[tuple[str, ...], tuple[Way, ...]] = field(default_factory=dict)
    """What a thesaurus has for a word: asked only for what comes near, by its weight."""
    longest_related: int = 1
    conditions: Conditions = no_conditions

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "Synonyms":
        """The table of groups as editors write them; several words stand for the exact phrase."""
        table: dict[tuple[str, ...], dict[Match, None]] = {}
        for group in groups:
            matches = [
                (key, phrase_match(phrase)) for phrase in group if (key := asked_tokens(phrase))
            ]
            for key, _match in matches:
                others = table.setdefault(key, {})
                others.update({match: None for other, match in matches if other != key})
        longest = max(map(len, table), default=1)
        return cls({key: tuple(others) for key, others in table.items()}, longest)


NO_SYNONYMS = Synonyms()


def whole_tokens(phrase: str) -> tuple[str, ...]:
    """The tokens that stand for the whole words of a phrase, words without content too."""
    return tuple(dutch.tokens(word)[0] for word in folded_words(phrase))


def asked_tokens(phrase: str) -> tuple[str, ...]:
    """What is left of a phrase when somebody searches for it, as tokens."""
    words = folded_words(phrase)
    wanted = [word for word in words if word not in STOP_WORDS] or words
    return tuple(dutch.tokens(word)[0] for word in wanted)


def phrase_match(phrase: str) -> Match:
    """What a phrase of an editor finds: several words stand for the exact phrase."""
    words = dutch.simple_words(phrase)
    return Match(tuple(words), is_phrase=True) if len(words) > 1 else Match(whole_tokens(phrase))


def folded_words(text: str) -> list[str]:
    """The folded words of a text; a hyphen parts words, as the searcher may not type it."""
    return [word for _typed, word in typed_words(text)]


def typed_words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text as they were typed, each with itself folded."""
    for found in WORD_PARTS.findall(text):
        if word := dutch.fold_word(found):
            yield found, word
