"""The words of a text with their places, as conditions are looked for in them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.questions import dutch
from search.questions.text import STOP_WORDS, folded_words

DENIALS = frozenset(("behalve", "buiten", "geen", "niet", "not", "zonder"))
BETWEEN = frozenset(("aan", "bij", "de", "een", "het", "in", "met", "uit", "van", "voor"))
"""What may stand between those and what they deny."""
_APART = re.compile(r'(?:(?<!\S)(?:NOT|NIET)\s+|-)?"[^"]*"|(?<!\S)(?:-|(?:NOT|NIET)\s+)\S+')
_WORD = re.compile(f"{dutch.ABBREVIATION}|{dutch.LETTERS}")


class Word(NamedTuple):
    """A folded word, its stem, and its place in the text."""

    folded: str
    stem: str
    start: int
    end: int
    is_capital: bool


def words_of(text: str) -> list[Word]:
    """The words of a text; what is an exact phrase or excluded asks for itself only."""
    # As long as before, so that places stay what they are.
    return list(_words(_APART.sub(_blank, text)))


def _blank(found: re.Match[str]) -> str:
    """As many spaces; “wat NIET werkte” stresses a word, and excludes nothing."""
    before = folded_words(found.string[: found.start()])
    is_stressed = found[0].startswith("NIET") and STOP_WORDS.issuperset(before)
    return found[0] if is_stressed else " " * len(found[0])


def key_of(phrase: str) -> tuple[str, ...]:
    """A phrase as folded words."""
    return tuple(word.folded for word in _words(phrase))


def stems_of(phrase: str) -> tuple[str, ...]:
    """A phrase as stems."""
    return tuple(word.stem for word in _words(phrase))


def _words(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        if folded := dutch.fold_word(found[0]).lower():
            stem = dutch.tokens(folded)[0]
            yield Word(folded, stem, found.start(), found.end(), found[0][:1].isupper())


def is_denied(words: list[Word], at: int) -> bool:
    """Whether what begins with a word is what the text does not ask for, as "niet in Brabant"."""
    before = [word.folded for word in words[:at]]
    while before and before[-1] in BETWEEN:
        before.pop()
    return bool(before) and before[-1] in DENIALS
