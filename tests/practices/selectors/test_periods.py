from decimal import Decimal

import pytest
from django.utils import translation

from practices.selectors.periods import duration, period


@pytest.mark.parametrize(
    ("start", "end", "is_running", "expected"),
    [
        (None, None, False, ""),
        (2008, 2008, False, "2008"),
        (2008, 2010, False, "2008–2010"),
        (2008, None, True, "since 2008, still running"),
        (2008, None, False, "from 2008"),
        (None, 2010, False, "up to 2010"),
        (None, None, True, "still running"),
    ],
)
def test_years_in_words(
    start: int | None, end: int | None, is_running: bool, expected: str
) -> None:
    with translation.override("en"):
        assert period(start, end, is_running=is_running) == expected


@pytest.mark.parametrize(
    ("length", "unit", "expected"),
    [
        (None, "uur", ""),
        (Decimal("2"), "", ""),
        (Decimal("1.0"), "dagdeel", "1 daypart"),
        (Decimal("1.5"), "uur", "1.5 hours"),
        (Decimal("10"), "dagdeel", "10 dayparts"),
        (Decimal("100.0"), "uur", "100 hours"),
    ],
)
def test_lengths_in_words(length: Decimal | None, unit: str, expected: str) -> None:
    with translation.override("en"):
        assert duration(length, unit) == expected
