"""Finds what has a form of its own: addresses, telephone numbers, e-mail addresses, BSNs."""

import re
from collections.abc import Iterator

from practices.services.checks.people_in_text.lists import STREET_ENDS, places
from practices.services.checks.people_in_text.persons import Place
from practices.services.checks.people_in_text.words import Words

FIRST_YEAR, LAST_YEAR = 1900, 2099

# Every repetition is bounded, so that no text makes them slow.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)31|\(?0)(?:[ ()./-]{0,3}\d){9}(?![\d])")
_DATE = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d{2,4}")
_POSTCODE = re.compile(r"(?<![\w])[1-9]\d{3}( ?)(?!S[ADS])[A-Z]{2}(?!\w)")
_NINE = re.compile(
    r"(?<![\d.,])\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d|[.,]\d)|(?<![\d.,])\d{4}\.\d\d\.\d{3}(?!\d)"
)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def find_emails(text: str) -> Iterator[Place]:
    """E-mail addresses, as places in the text."""
    return (found.span() for found in _EMAIL.finditer(text))


def find_phones(text: str) -> Iterator[Place]:
    """Dutch telephone numbers of ten digits, or eleven with the country's."""
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        is_long = len(digits) >= 10 and digits[-9] != "0"
        if is_long and not _DATE.match(found[0]):
            yield found.span()


def find_bsns(text: str) -> Iterator[Place]:
    """Numbers of nine digits that pass the test of a BSN."""
    for found in _NINE.finditer(text):
        digits = [int(char) for char in found[0] if char.isdigit()]
        if any(digits) and sum(map(int.__mul__, digits, _BSN_WEIGHTS)) % 11 == 0:
            yield found.span()


def find_postcodes(text: str) -> Iterator[Place]:
    """Postcodes; a year with two capitals behind it is none, unless a place follows."""
    for found in _POSTCODE.finditer(text):
        is_year = FIRST_YEAR <= int(found[0][:4]) <= LAST_YEAR and found[1]
        if not is_year or _place_follows(text, found.end()):
            yield found.span()


def _place_follows(text: str, end: int) -> bool:
    following = re.match(r"[ ,]{1,2}([^\W\d_]+(?:[ -][^\W\d_]+)?)", text[end : end + 60])
    if following is None:
        return False
    name = following[1].lower()
    return name in places() or name.split()[0] in places()


def find_addresses(words: Words) -> Iterator[Place]:
    """Streets with a house number, as places of words."""
    for place in range(len(words)):
        word, number = words.at(place), words.at(place + 1)
        if not word.is_capitalised or not word.low.endswith(STREET_ENDS) or word.low in STREET_ENDS:
            continue
        is_number = number.text.isdigit() and len(number.text) < 6
        is_year = is_number and FIRST_YEAR <= int(number.text) <= LAST_YEAR
        if is_number and not is_year and word.low not in places():
            yield place, place + 2
