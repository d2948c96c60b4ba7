"""Finds very small groups: a family of four, three boys of one street."""

from collections.abc import Iterator

from practices.services.checks.people_in_text.lists import (
    AFTER_A_GROUP,
    GROUPS,
    LABELLED,
    NO_ADJECTIVES,
    ONE,
    SEVERAL,
    SINGLE,
    SMALL_NUMBERS,
    STREET_ENDS,
)
from practices.services.checks.people_in_text.persons import Place
from practices.services.checks.people_in_text.words import Word, Words

MOST_ADJECTIVES = 2


def find_small_groups(words: Words) -> Iterator[Place]:
    """The groups of fewer than five, from left to right."""
    for place in range(len(words)):
        word = words.at(place).low
        if word in SMALL_NUMBERS:
            end = _number_of_people(words, place)
        elif word in GROUPS:
            end = _group_of(words, place)
        elif word in ONE:
            end = _one_of_a_street(words, place)
        else:
            continue
        if end:
            yield place, end


def _number_of_people(words: Words, place: int) -> int:
    """Two to four boys, pupils, brothers … with an adjective or two between."""
    before = words.at(place - 1).low
    is_share = words.at(place - 2).low in ONE | SMALL_NUMBERS and before in {"op", "van", "tot"}
    if before in LABELLED or (before == "de" and _is_share(words, place - 1)) or is_share:
        return 0
    noun = place + 1
    while noun - place <= MOST_ADJECTIVES and _is_adjective(words.at(noun)):
        noun += 1
    if words.at(noun).low not in SEVERAL or words.at(noun + 1).low == "per":
        return 0
    return _with_street(words, noun + 1)


def _is_share(words: Words, place: int) -> bool:
    """Whether a share is told before here: één op de, twee van de."""
    return words.at(place - 1).low in {"op", "van"} and words.at(place - 2).low in (
        ONE | SMALL_NUMBERS
    )


def _is_adjective(word: Word) -> bool:
    if word.low in SEVERAL or word.low in NO_ADJECTIVES:
        return False
    return word.is_word and word.low.endswith(("e", "en"))


def _group_of(words: Words, place: int) -> int:
    """A family or group of two to four."""
    link, number, after = (words.at(place + step) for step in (1, 2, 3))
    if link.low not in {"van", "met"} or number.low not in SMALL_NUMBERS:
        return 0
    is_exercise = words.at(place).low.startswith("groep") and _is_after_in(words, place)
    if is_exercise:
        return 0
    if after.low in SEVERAL:
        return place + 4
    is_all = not after.is_word or after.low in AFTER_A_GROUP
    return place + 3 if is_all and link.low == "van" else 0


def _is_after_in(words: Words, place: int) -> bool:
    """Whether it is about an exercise “in een groepje van drie”."""
    before = words.at(place - 1).low
    return before == "in" or (before == "een" and words.at(place - 2).low == "in")


def _one_of_a_street(words: Words, place: int) -> int:
    """One boy or one family of a street."""
    noun = place + 1
    while noun - place <= MOST_ADJECTIVES and words.at(noun).low not in SINGLE:
        noun += 1
    if words.at(noun).low not in SINGLE:
        return 0
    end = _with_street(words, noun + 1)
    return end if end > noun + 1 else 0


def _with_street(words: Words, place: int) -> int:
    """The place after “uit de Kerkstraat”, or the same place when that does not follow."""
    after = place
    if words.at(after).low not in {"uit", "van", "in"}:
        return place
    after += 2 if words.at(after + 1).low in {"de", "het"} else 1
    street = words.at(after)
    return after + 1 if street.is_capitalised and street.low.endswith(STREET_ENDS) else place
