"""The pieces of what a searcher typed: words and phrases, and what stands between them.

`AND` and `EN` change nothing, as all is asked for; after `NOT` or `NIET` comes what is excluded;
`OR` and `OF` make alternatives of what stands beside them. Only in capitals: `of` is a word.
"""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from search.questions import dutch
from search.questions.text import (
    STOP_WORDS,
    WORD_PARTS,
    Clause,
    Match,
    typed_words,
    whole_tokens,
)

_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|(?P<quote>")')
AND, OR, NOT = ("AND", "EN"), ("OR", "OF"), ("NOT", "NIET")
OPERATORS = frozenset((*AND, *OR, *NOT))
NO_WORDS = frozenset({"AND", "OR", "NOT"})
"""Those that are operators in a text that is all in capitals too: Dutch has no such words."""
MEANT = "+"
"""Before a word: it is no typing error."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word with itself folded, or an exact phrase."""

    typed: str
    word: str = ""
    phrase: Match | None = None


@dataclass(slots=True)
class Pieces:
    """What stands in a text, in groups: of each group one term is enough."""

    groups: list[list[Term]] = field(default_factory=list)
    excluded: list[Clause] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)
    has_lone_quote: bool = False
    _is_next_excluded: bool = False
    _is_next_either: bool = False

    @classmethod
    def of(cls, text: str) -> "Pieces":
        """Take a text apart; a text that is all in capitals is as good as one that is not."""
        read = cls()
        is_shouted = _is_shouted(text)
        for found in _PIECE.finditer(text):
            if found["quote"]:
                read.has_lone_quote = True
            elif found["word"] is None:
                read._add_phrase(found["phrase"], is_excluded=bool(found["minus"]))
            elif _is_operator(found["word"], is_shouted=is_shouted):
                read._note(found["word"])
            else:
                read._add_words(found["word"], is_shouted=is_shouted)
        return read

    def _note(self, operator: str) -> None:
        self._is_next_excluded = operator == "NOT" or (operator == "NIET" and self._has_content)
        self._is_next_either = operator in OR and bool(self.groups)

    @property
    def _has_content(self) -> bool:
        """Whether anything is asked for yet; “wat NIET werkte” stresses a word."""
        return any(one.word not in STOP_WORDS for group in self.groups for one in group)

    def _add_phrase(self, phrase: str, *, is_excluded: bool) -> None:
        if words := tuple(dutch.simple_words(phrase)):
            match = Match(words, is_phrase=True)
            if is_excluded or self._is_next_excluded:
                self._exclude(match)
            else:
                self._add([Term(f'"{phrase}"', phrase=match)])

    def _add_words(self, piece: str, *, is_shouted: bool) -> None:
        words = list(typed_words(piece))
        has_content = any(word not in STOP_WORDS for _typed, word in words)
        if words and not has_content:
            # “het helpt NIET in de wijk” stresses a word, and excludes no `in`.
            self._is_next_excluded = False
        if piece.startswith("-") or self._is_next_excluded:
            if whole := whole_tokens(piece):
                self._exclude(Match(whole))
            return
        if self._is_next_either and not has_content:
            return
        terms = [Term(typed, word.lower() if is_shouted else word) for typed, word in words]
        if piece.startswith(MEANT):
            self.meant.update(term.word for term in terms)
        self._add(terms)

    def _exclude(self, match: Match) -> None:
        self.excluded.append((match,))
        self._is_next_excluded = False

    def _add(self, terms: list[Term]) -> None:
        if terms and self._is_next_either:
            first, *terms = terms
            self.groups[-1].append(first)
            self._is_next_either = False
        self.groups += [[term] for term in terms]


def with_words(text: str, better: Callable[[str], str | None]) -> str:
    """The text with other words where there are better ones for a folded word.

    Exact phrases, and what is excluded or meant as it stands, stay as they are.
    """

    def of_word(found: re.Match[str]) -> str:
        return better(dutch.fold_word(found[0])) or found[0]

    def of_piece(found: re.Match[str]) -> str:
        piece = found[0]
        if found["word"] is None or piece.startswith(("-", MEANT)) or piece in OPERATORS:
            return piece
        return WORD_PARTS.sub(of_word, piece)

    return _PIECE.sub(of_piece, text)


def as_meant(text: str, typed: str) -> str:
    """The text that says of one of its words that it is no typing error."""
    word = dutch.fold_word(typed)
    marked = with_words(text, lambda one: f" {MEANT}{typed}" if one == word else None)
    return " ".join(marked.split())


def without(text: str, words: Container[str]) -> str:
    """The text without some of its words, exact phrases and what is excluded as they are."""

    def of_piece(found: re.Match[str]) -> str:
        piece = found[0]
        if found["word"] is None or piece.startswith("-"):
            return piece
        kept = [typed for typed, word in typed_words(piece) if word not in words]
        return piece if len(kept) == len(list(typed_words(piece))) else " ".join(kept)

    return " ".join(_PIECE.sub(of_piece, text).split())


def _is_shouted(text: str) -> bool:
    """Whether several words are all in capitals, so that these say nothing."""
    words = [word for word in text.split() if word not in NO_WORDS]
    return len(words) > 1 and text.isupper()


def _is_operator(piece: str, *, is_shouted: bool) -> bool:
    return piece in (NO_WORDS if is_shouted else OPERATORS)


def each_word(groups: list[list[Term]]) -> Iterator[Term]:
    """The words that are asked for by themselves, in their order."""
    for group in groups:
        if len(group) == 1 and not group[0].phrase:
            yield group[0]
