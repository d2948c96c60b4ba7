"""Which search text may be kept at all: none that could name a person."""

import re

from practices.models.figures import LONGEST_TEXT
from practices.services.checks.people_in_text import Kind, find
from practices.services.checks.people_in_text.lists import FIRST_NAMES, PREFIXES
from search.questions.dutch import fold

MOST_WORDS = 8
_FIRST_NAMES = frozenset(map(fold, FIRST_NAMES))
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"\d\d?[-/. ]\d\d?[-/. ]\d{2,4}", re.ASCII)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
_LONG_NUMBER = re.compile(r"\d(?:[ ./-]?\d){4}")
"""Five digits or more: a telephone number, a case number."""
_ADDRESS_MARKS = frozenset("@/\\")


def may_be_kept(text: str) -> bool:
    """Whether a search is short, and holds nothing that the checks take for a person.

    People type searches without capitals, by which names are known; so the text is looked at as if
    every word had one, and a first name alone is enough to leave it out.
    """
    if not text or len(text) > LONGEST_TEXT or len(text.split()) > MOST_WORDS:
        return False
    if _ADDRESS_MARKS & set(text) or _DATE.search(text):
        return False
    if _LONG_NUMBER.search(_YEAR.sub("", text)):
        return False
    if any(fold(word) in _FIRST_NAMES for word in _WORD.findall(text)):
        return False
    return not any(_points_at_person(reading) for reading in _readings(text))


def _readings(text: str) -> tuple[str, ...]:
    return text, _WORD.sub(_with_capital, text), text.upper()


def _with_capital(found: "re.Match[str]") -> str:
    word = found[0]
    return word.lower() if word.lower() in PREFIXES else word.capitalize()


def _points_at_person(text: str) -> bool:
    return any(span.kind is not Kind.SMALL_GROUP for span in find(text))
