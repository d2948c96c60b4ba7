from datetime import date, timedelta

import pytest

from practices.services.moderation.working_days import easter, holidays, is_overdue, working_days


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2008, date(2008, 3, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_easter_is_a_sunday_between_the_22nd_of_march_and_the_25th_of_april() -> None:
    for year in range(1950, 2101):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_holidays_of_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_the_birthday_of_the_king_is_never_on_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 24), 1),
        (date(2026, 11, 20), date(2026, 11, 23), 1),  # over a weekend
        (date(2026, 11, 21), date(2026, 11, 22), 0),
        (date(2026, 12, 24), date(2026, 12, 28), 1),  # over Christmas and a weekend
        (date(2026, 4, 2), date(2026, 4, 7), 1),  # over Easter
        (date(2026, 12, 31), date(2027, 1, 4), 1),  # over New Year
        (date(2026, 11, 24), date(2026, 11, 23), 0),  # a clock that went back
    ],
)
def test_working_days(start: date, end: date, days: int) -> None:
    assert working_days(start, end) == days


def test_a_later_day_never_has_fewer_working_days() -> None:
    start = date(2026, 3, 1)
    counts = [working_days(start, start + timedelta(days=days)) for days in range(400)]
    assert counts == sorted(counts)


def test_five_working_days_are_in_time_and_six_are_late() -> None:
    assert not is_overdue(5)
    assert is_overdue(6)
