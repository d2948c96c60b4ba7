"""All that points at persons in one text."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from practices.services.checks.people_in_text import patterns
from practices.services.checks.people_in_text.groups import find_small_groups
from practices.services.checks.people_in_text.persons import find_persons
from practices.services.checks.people_in_text.words import Words


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    BSN = "bsn"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PERSON = "person"
    SMALL_GROUP = "small_group"


class Span(NamedTuple):
    """Where something stands in the text, what it is, and the text itself."""

    start: int
    end: int
    kind: Kind
    text: str


def find(text: str) -> tuple[Span, ...]:
    """What points at persons, from left to right; where two overlap, the more certain one."""
    taken: list[Span] = []
    covered = bytearray(len(text))
    for kind, (start, end) in _found(text):
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(Span(start, end, kind, text[start:end]))
    return tuple(sorted(taken))


def _found(text: str) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """The finds with their places in the text; the most certain kinds first."""
    words = Words(text)
    in_text = (
        (Kind.EMAIL, patterns.find_emails),
        (Kind.PHONE, patterns.find_phones),
        (Kind.BSN, patterns.find_bsns),
        (Kind.POSTCODE, patterns.find_postcodes),
    )
    for kind, finder in in_text:
        yield from ((kind, place) for place in finder(text))
    in_words = (
        (Kind.ADDRESS, patterns.find_addresses),
        (Kind.SMALL_GROUP, find_small_groups),
        (Kind.PERSON, find_persons),
    )
    for kind, of_words in in_words:
        for first, after in of_words(words):
            yield kind, (words.at(first).start, words.at(after - 1).end)
