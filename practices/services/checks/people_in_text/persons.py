"""Finds names of persons: a title with a surname, initials or a first name with a surname."""

from collections.abc import Iterator

from practices.services.checks.people_in_text.lists import (
    ACADEMIC,
    FIELDS,
    FIRST_NAMES,
    LABELLED,
    OFFICES,
    ORGANISATION_ENDS,
    ORGANISATIONS,
    PREFIXES,
    PUBLIC_NAMES,
    RELATIONS,
    STARTERS,
    STREET_ENDS,
    TITLES,
    places,
)
from practices.services.checks.people_in_text.words import Words

Place = tuple[int, int]
"""The first word of a name, and the first word after it."""

_ENDS = (*ORGANISATION_ENDS, *STREET_ENDS)
MOST_PREFIXES = 4
MOST_INITIALS = 5


def find_persons(words: Words) -> Iterator[Place]:
    """The names, from left to right; no word is in two of them."""
    place = 0
    while place < len(words):
        end = _name_at(words, place)
        if end:
            yield place, end
        place = end or place + 1


def _name_at(words: Words, place: int) -> int:
    """The first word after the name that begins here; 0 when there is none."""
    first = words.at(place)
    if first.low in TITLES:
        return _after_title(words, place)
    if first.low in ACADEMIC and words.at(place + 1).text == ".":
        return _after_academic(words, place + 2)
    if first.low in OFFICES:
        return _after_office(words, place + 1)
    if first.low in RELATIONS:
        return _first_name_alone(words, place + 1)
    if first.text[0].isupper() and words.at(place + 1).text == ".":
        return _after_initials(words, place)
    if _is_first_name(words, place):
        return _first_and_surname(words, place)
    return 0


def _after_title(words: Words, place: int) -> int:
    """A name after a title such as mevrouw or de heer."""
    article = words.at(place - 1).low
    after = place + 2 if words.at(place + 1).text == "." else place + 1
    after = _skip_initials(words, after)
    if words.at(after).low in ACADEMIC:
        return _after_academic(words, after + 2)
    if _is_first_name(words, after):
        return _first_and_surname(words, after) or after + 1
    end = _surname(words, after)
    if not end:
        return 0
    is_vague = article == "een" and words.at(after).text.islower()
    return 0 if is_vague else end


def _after_academic(words: Words, place: int) -> int:
    """A name after dr. or drs., perhaps with more titles between."""
    for _ in range(MOST_PREFIXES):
        if words.at(place).low not in ACADEMIC or words.at(place + 1).text != ".":
            break
        place += 2
    place = _skip_initials(words, place)
    if _is_first_name(words, place):
        return _first_and_surname(words, place)
    return _surname(words, place)


def _after_office(words: Words, place: int) -> int:
    """A name after burgemeester, wethouder, imam …, and not a place or a field of policy."""
    place = _skip_initials(words, place)
    if _is_first_name(words, place):
        return _first_and_surname(words, place) or place + 1
    first = words.at(place)
    if not first.is_capitalised or first.low in FIELDS:
        return 0
    end = _surname(words, place)
    return 0 if end and words.at(end - 1).low in places() else end


def _first_name_alone(words: Words, place: int) -> int:
    """A first name after jongen, leerling, moeder and the like."""
    if not _is_first_name(words, place):
        return 0
    if _is_organisation(words, place + 1, place + 2) and words.at(place + 1).is_capitalised:
        return 0
    return _first_and_surname(words, place) or place + 1


def _after_initials(words: Words, place: int) -> int:
    """Initials with a surname: J. de Vries, A.B. Jansen."""
    after = _skip_initials(words, place)
    is_label = words.at(place - 1).low in LABELLED
    if after == place or is_label or words.at(after).low in STARTERS - PREFIXES:
        return 0
    if after == place + 2 and words.at(after).text in {"De", "Het", "In", "Op", "Aan"}:
        # One letter at the end of a sentence, and the next sentence.
        return _surname(words, after) if words.at(after + 1).is_capitalised else 0
    return _surname(words, after)


def _first_and_surname(words: Words, place: int) -> int:
    """A first name (or two) with a surname, or with an age; 0 when no surname follows."""
    after = place + 1
    if _is_first_name(words, after) and _surname(words, after + 1):
        after += 1
    end = _surname(words, after)
    if not end:
        return _age(words, after)
    name = " ".join(words.at(number).low for number in range(place, end))
    before = words.at(place - 1).low
    if name in PUBLIC_NAMES or name in places() or before in ORGANISATIONS | {"sint", "prins"}:
        return 0
    return end


def _age(words: Words, place: int) -> int:
    """The end of an age in brackets: (17)."""
    mark, age, close = (words.at(place + step).text for step in range(3))
    return place + 3 if mark == "(" and age.isdigit() and int(age) < 100 and close == ")" else 0


def _surname(words: Words, place: int) -> int:
    """The first word after a surname that begins here, prefixes included; 0 when there is none."""
    last = place
    while last - place < MOST_PREFIXES and words.at(last).low in PREFIXES:
        last += 1
    word = words.at(last)
    if not word.is_capitalised or len(word.text) < 2 or word.low in STARTERS:
        return 0
    if _is_organisation(words, last, last + 1):
        return 0
    is_halfway = "-" in word.text and word.low.rpartition("-")[2] in PREFIXES  # Bouazza-El Idrissi
    return last + 2 if is_halfway and words.at(last + 1).is_capitalised else last + 1


def _is_organisation(words: Words, place: int, after: int) -> bool:
    word, following = words.at(place).low, words.at(after).low
    return word in ORGANISATIONS or following in ORGANISATIONS or word.endswith(_ENDS)


def _is_first_name(words: Words, place: int) -> bool:
    word = words.at(place)
    return word.is_capitalised and (
        word.low in FIRST_NAMES or all(part in FIRST_NAMES for part in word.low.split("-"))
    )


def _skip_initials(words: Words, place: int) -> int:
    for _ in range(MOST_INITIALS):
        letter = words.at(place).text
        if len(letter) > 2 or not letter[0].isupper() or words.at(place + 1).text != ".":
            break
        place += 2
    return place
