"""A text as words, numbers and marks, each with its place."""

import re
from typing import NamedTuple

_WORD = re.compile(
    r"['’][tsn](?![^\W_])"  # 't, 's
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*"  # Verwey-Jonker, Ait-Hsaine
    r"|\d+(?:[.,]\d+)*"
    r"|[^\w\s]"
)


class Word(NamedTuple):
    """A word, number or mark; `low` is in small letters, `start` and `end` are places in a text."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether it looks like a name: a capital, and not only capitals as an abbreviation has."""
        return self.text[0].isupper() and any(char.islower() for char in self.text)

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()


NOTHING = Word("\n", "\n", -1, -1)
"""Stands before the first word and after the last."""


class Words:
    """The words of a text, with `NOTHING` around them."""

    def __init__(self, text: str) -> None:
        self._words = [
            Word(found[0], found[0].lower(), *found.span()) for found in _WORD.finditer(text)
        ]

    def __len__(self) -> int:
        return len(self._words)

    def at(self, place: int) -> Word:
        """The word at a place, or `NOTHING`."""
        return self._words[place] if 0 <= place < len(self._words) else NOTHING
