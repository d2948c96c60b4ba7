"""Whatever somebody asks, the figures are of a period that can be shown."""

from datetime import date

import pytest

from practices.admin.figures.months import read_period

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", ("2025-12", "2026-11")),
        ("2026-03", "2026-05", ("2026-03", "2026-05")),
        ("2026-05", "2026-03", ("2026-03", "2026-05")),
        ("2026-3", "2026-3", ("2026-03", "2026-03")),
        ("2026-03", "", ("2026-03", "2026-11")),
        ("2024-02", "", ("2024-02", "2025-01")),
        ("", "2024-02", ("2023-03", "2024-02")),
        ("2027-02", "", ("2027-02", "2027-02")),
    ],
)
def test_a_period_is_read(first: str, last: str, expected: tuple[str, str]) -> None:
    period, notice = read_period(first, last, TODAY)
    assert (f"{period.first:%Y-%m}", f"{period.last:%Y-%m}") == expected
    assert notice == ""


@pytest.mark.parametrize(
    "text", ["maart", "2026-13", "2026-00", "0000-01", "9999-12", "2026-٠٣", "\x00"]
)
def test_a_month_that_cannot_be_read_is_said(text: str) -> None:
    period, notice = read_period(text, "", TODAY)
    assert len(period.months) == 12
    assert "2026-11" in notice


def test_very_many_months_are_cut_and_said() -> None:
    period, notice = read_period("2000-01", "2026-11", TODAY)
    assert (len(period.months), period.last) == (36, date(2026, 11, 1))
    assert "36" in notice


def test_a_period_ends_where_the_next_month_begins() -> None:
    period, _notice = read_period("2026-03", "2026-10", TODAY)
    assert period.start.isoformat() == "2026-03-01T00:00:00+01:00"
    assert period.end.isoformat() == "2026-11-01T00:00:00+01:00"
