"""Dutch working days: Monday to Friday, without the days of the Algemene termijnenwet."""

from datetime import date, timedelta
from functools import cache

TARGET = 5
"""Working days within which an editor decides."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, as article 3 of the Algemene termijnenwet names them."""
    sunday = easter(year)
    king = date(year, 4, 27)
    if king.weekday() == 6:
        king -= timedelta(days=1)
    moving = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    fixed = (date(year, 1, 1), king, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset([*fixed, *(sunday + timedelta(days=days) for days in moving)])


def is_working_day(day: date) -> bool:
    """Whether the office is open."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_days(start: date, end: date) -> int:
    """The working days after `start` up to and including `end`; 0 on the day itself."""
    return sum(
        is_working_day(start + timedelta(days=days)) for days in range(1, (end - start).days + 1)
    )


def is_overdue(days: int) -> bool:
    """Whether somebody has waited longer than we promise."""
    return days > TARGET
