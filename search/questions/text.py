"""What a searcher typed, as clauses that every engine understands.

All words must match; `"…"` asks for an exact phrase, `-` excludes. Everything else that engines
know as syntax is plain text here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search.questions import dutch

_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|(?P<quote>")')
_WORD_PARTS = re.compile(rf"{dutch.LETTERS}(?:['’]{dutch.LETTERS})*")

SYNONYM_WEIGHT = 0.5
"""How much a synonym counts beside the word that was typed."""

# Asked for only when nothing else is asked for.
STOP_WORDS = frozenset(
    "aan als bij dan dat de deze die dit door een en er het hoe in is met naar niet of om ook op"
    " over te tot uit van voor was wat we wie wij worden wordt ze zich zij zijn".split()
)


class Match(NamedTuple):
    """Tokens that must all occur, or the words of an exact phrase, in their order."""

    tokens: tuple[str, ...]
    is_phrase: bool = False


Clause = tuple[Match, ...]
"""What one word or phrase asks for: any of its matches (the word itself first, then synonyms)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed text: every required clause must match and no excluded one may."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    words: tuple[str, ...] = ()
    """The folded words that were asked for, for a spelling suggestion."""
    has_lone_quote: bool = False
    any_of: tuple[str, ...] = ()
    """Tokens of which one must occur: the more do, and the rarer, the higher a document ranks."""

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded or self.any_of)

    @property
    def marks(self) -> frozenset[str]:
        """The tokens that a highlighter marks."""
        found: set[str] = set()
        for clause in self.required:
            for match in clause:
                if match.is_phrase:
                    found.update(dutch.tokens(word)[0] for word in match.tokens)
                else:
                    found.update(match.tokens)
        return frozenset(found - STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words and phrases of which each finds all the others."""

    table: Mapping[tuple[str, ...], tuple[Match, ...]] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "Synonyms":
        """The table of groups as editors write them; several words stand for the exact phrase."""
        table: dict[tuple[str, ...], dict[Match, None]] = {}
        for group in groups:
            matches = [(key, _synonym(phrase)) for phrase in group if (key := _asked(phrase))]
            for key, _match in matches:
                others = table.setdefault(key, {})
                others.update({match: None for other, match in matches if other != key})
        longest = max(map(len, table), default=1)
        return cls({key: tuple(others) for key, others in table.items()}, longest)


NO_SYNONYMS = Synonyms()


def _whole_tokens(phrase: str) -> tuple[str, ...]:
    return tuple(dutch.tokens(word)[0] for word in _plain_words(phrase))


def _asked(phrase: str) -> tuple[str, ...]:
    """What is left of a phrase when somebody searches for it."""
    words = _plain_words(phrase)
    wanted = [word for word in words if word not in STOP_WORDS] or words
    return tuple(dutch.tokens(word)[0] for word in wanted)


def _synonym(phrase: str) -> Match:
    words = dutch.simple_words(phrase)
    return Match(tuple(words), is_phrase=True) if len(words) > 1 else Match(_whole_tokens(phrase))


def _plain_words(text: str) -> list[str]:
    """The folded words of a text; a hyphen parts words, as the searcher may not type it."""
    return [word for found in _WORD_PARTS.findall(text) if (word := dutch.fold_word(found))]


def parse_text(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Text:
    """Read what a searcher typed; never raises, whatever is in it."""
    required: list[Clause] = []
    excluded: list[Clause] = []
    words: list[str] = []
    has_lone_quote = False
    for found in _PIECE.finditer(text):
        if found["quote"]:
            has_lone_quote = True
        elif found["word"] is None:
            phrase = tuple(dutch.simple_words(found["phrase"]))
            if phrase:
                (excluded if found["minus"] else required).append((Match(phrase, is_phrase=True),))
        elif found["word"].startswith("-"):
            if whole := _whole_tokens(found["word"]):
                excluded.append((Match(whole),))
        else:
            words += _plain_words(found["word"])
    wanted = [word for word in words if word not in STOP_WORDS]
    if not wanted and not required:
        wanted = words
    required += _clauses(tuple(wanted), synonyms)
    return Text(
        tuple(dict.fromkeys(required)),
        tuple(dict.fromkeys(excluded)),
        tuple(wanted),
        has_lone_quote,
    )


def _clauses(wanted: tuple[str, ...], synonyms: Synonyms) -> Iterator[Clause]:
    """A clause for each word, or for a run of words that together have a synonym."""
    wholes = [dutch.tokens(word)[0] for word in wanted]
    at = 0
    while at < len(wholes):
        for length in range(min(synonyms.longest, len(wholes) - at), 0, -1):
            key = tuple(wholes[at : at + length])
            if key in synonyms.table:
                yield (Match(key), *synonyms.table[key])
                break
        else:
            length = 1
            yield (Match((wholes[at],)),)
        at += length
