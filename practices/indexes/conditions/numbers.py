"""Years, and numbers of inhabitants: conditions with a number in them."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from practices.indexes.conditions.places import Meaning
from practices.models.municipalities import SizeClass
from search.questions.facets import YearFacet

FIRST, LAST = YearFacet("", "").first, YearFacet("", "").last
RECENT, LESS = 3, 0.7
"""So many years back is recent, and how much less it counts, as nobody knows who means what."""
BOUNDS = (0, 20_000, 50_000, 100_000, 250_000, 10**9)
"""Where each size class begins, and the end of the last."""

_DATE = (
    r"(?:(?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december) )?"
)
_YEAR = rf"{_DATE}((?:19|20)\d\d)"
_COUNTS = {
    word: at for at, word in enumerate("twee drie vier vijf zes zeven acht negen tien".split(), 2)
}
_COUNT = rf"(\d{{1,2}}|{'|'.join(_COUNTS)})"
_NUMBER = r"(\d{1,3}(?:[. ]?\d{3})+|\d{4,7}|\d{1,3} ?(?:duizend|k))"
_PEOPLE = r"(?: ?(?:inwoners?|mensen|zielen))"
_UNTIL = r"(?:onder|beneden|minder dan|kleiner dan|hoogstens|maximaal|tot)(?: de)? "
_LONG_NUMBER = r"(\d{1,3}[. ]\d{3}|\d{5,7})"
_FROM = r"(?:boven|meer dan|groter dan|minstens|minimaal|vanaf)(?: de)? "

Read = Callable[[re.Match[str], date], Meaning | None]
Found = tuple[int, int, Meaning]


def conditions_with_numbers(folded: str, today: date) -> Iterator[Found]:
    """Where in a folded text years or inhabitants are asked for; each character once."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(folded):
            start, end = found.span()
            is_free = all(end <= other or start >= until for other, until in taken)
            if is_free and (meaning := read(found, today)):
                taken.append((start, end))
                yield start, end, meaning


def _years(start: int | None, end: int | None) -> Meaning | None:
    first, last = start or FIRST, end or LAST
    if first > last or last < FIRST or first > LAST:
        return None
    if first == last:
        return Meaning("jaar", (str(first),))
    return Meaning("jaar", (f"{start or ''}-{end or ''}",))


def _between(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(*sorted((int(found[1]), int(found[2]))))


def _since(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(int(found[1]), None)


def _after(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(int(found[1]) + 1, None)


def _before(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(None, int(found[1]) - 1)


def _until(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(None, int(found[1]))


def _in(found: re.Match[str], _today: date) -> Meaning | None:
    return _years(int(found[1]), int(found[1]))


def _last_years(found: re.Match[str], today: date) -> Meaning | None:
    return _years(today.year - (_COUNTS.get(found[1]) or int(found[1])), None)


def _recent(_found: re.Match[str], today: date) -> Meaning | None:
    found = _years(today.year - RECENT, None)
    return found and found._replace(weight=LESS)


def _past_year(_found: re.Match[str], today: date) -> Meaning | None:
    return _years(today.year - 1, None)


def _last_year(_found: re.Match[str], today: date) -> Meaning | None:
    return _years(today.year - 1, today.year - 1)


def _this_year(_found: re.Match[str], today: date) -> Meaning | None:
    return _years(today.year, today.year)


def _size(low: int, high: int) -> Meaning | None:
    """The size classes that have any of these numbers."""
    values = tuple(
        size.value
        for size, start, end in zip(SizeClass, BOUNDS, BOUNDS[1:], strict=False)
        if start < high and end > low
    )
    return Meaning("grootte", tuple(sorted(values))) if 0 < len(values) < len(SizeClass) else None


def _smaller(found: re.Match[str], _today: date) -> Meaning | None:
    return _size(0, _inhabitants(found[1]))


def _larger(found: re.Match[str], _today: date) -> Meaning | None:
    return _size(_inhabitants(found[1]), BOUNDS[-1])


def _of_size(found: re.Match[str], _today: date) -> Meaning | None:
    inhabitants = _inhabitants(found[1])
    return _size(inhabitants, inhabitants + 1)


def _sized(found: re.Match[str], _today: date) -> Meaning | None:
    return _size(*sorted((_inhabitants(found[1]), _inhabitants(found[2]))))


def _inhabitants(number: str) -> int:
    digits = int(re.sub(r"\D", "", number))
    return digits * 1000 if number.endswith(("duizend", "k")) else digits


_PATTERNS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(rf"(?<![\w.-]){pattern}(?![\w-])"), read)
    for pattern, read in (
        (rf"tussen(?: de)? {_NUMBER}(?:{_PEOPLE})? en(?: de)? {_NUMBER}{_PEOPLE}", _sized),
        (rf"{_UNTIL}{_NUMBER}{_PEOPLE}", _smaller),
        (rf"{_FROM}{_NUMBER}{_PEOPLE}", _larger),
        (rf"gemeenten? (?:met )?{_UNTIL}{_LONG_NUMBER}", _smaller),
        (rf"gemeenten? (?:met )?{_FROM}{_LONG_NUMBER}", _larger),
        (rf"{_LONG_NUMBER} ?(?:\+|-?plus) ?-?(?:gemeenten?|steden|stad){_PEOPLE}?", _larger),
        (rf"(?:met )?(?:ongeveer |circa |zo'n )?(?:de )?{_NUMBER}{_PEOPLE}", _of_size),
        (rf"tussen {_YEAR} en {_YEAR}", _between),
        (rf"(?:van )?{_YEAR} ?(?:-|–|t/m|tot en met|tot) ?{_YEAR}", _between),
        (rf"(?:sinds|vanaf|sedert) {_YEAR}", _since),
        (rf"(?:van )?(?:na|later dan|nieuwer dan) {_YEAR}", _after),
        (rf"(?:van )?(?:voor|eerder dan|ouder dan) {_YEAR}", _before),
        (rf"(?:tot en met|t/m|tot) {_YEAR}", _until),
        (rf"(?:de )?(?:afgelopen|laatste|voorbije) {_COUNT} jaar", _last_years),
        (r"(?:de )?(?:afgelopen|laatste|voorbije) jaren|recente?|recentelijk", _recent),
        (r"(?:het |in het )?(?:afgelopen|laatste|voorbije) jaar", _past_year),
        (r"vorig jaar", _last_year),
        (r"(?:in )?dit jaar", _this_year),
        (rf"(?:(?:in|uit|van|anno) )?(?:het jaar )?{_YEAR}", _in),
    )
)
