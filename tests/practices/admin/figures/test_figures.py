"""Each figure is what somebody who counts a plain list finds."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from practices.admin.figures import published, review, review_tables
from practices.admin.figures.months import Period
from practices.admin.figures.published import Age
from practices.models import HistoryEntry, PracticePage, ReviewReminder
from practices.services.moderation.decision_forms import CHECKLIST
from practices.services.moderation.working_days import is_working_day
from tests.factories import PracticePageFactory
from tests.practices.admin.figures.conftest import (
    APPROVED,
    HERE,
    REJECTED,
    TODAY,
    History,
    Submission,
    add_submission,
)
from tests.practices.services.moderation.conftest import World, review_of


def in_month(moments: Iterable[datetime | None], month: date) -> int:
    wanted = (month.year, month.month)
    return sum(
        (moment.astimezone(HERE).year, moment.astimezone(HERE).month) == wanted
        for moment in moments
        if moment
    )


def inside(moment: datetime, period: Period) -> bool:
    return any(in_month([moment], month) for month in period.months)


def waited(one: Submission) -> int:
    """Working days, counted one by one."""
    assert one.finished
    day, last, days = one.started.astimezone(HERE).date(), one.finished.astimezone(HERE).date(), 0
    while day < last:
        day += timedelta(days=1)
        days += is_working_day(day)
    return days


def test_every_month_has_what_a_plain_count_finds(history: History) -> None:
    refused = [one.finished for one in history.submissions if one.status == REJECTED]
    expected = [
        (
            month,
            in_month([one.started for one in history.submissions], month),
            in_month([one.moment for one in history.published], month),
            in_month(history.updates, month),
            in_month(refused, month),
        )
        for month in history.period.months
    ]
    rows = review.month_counts(history.period)
    assert [
        (row.month, row.submitted, row.published, row.updated, row.changes_asked) for row in rows
    ] == expected
    assert len(rows) == 12
    assert 0 < sum(row.submitted for row in rows) < len(history.submissions)


def test_decision_times_are_what_a_plain_count_finds(history: History) -> None:
    for row in review.decision_times(history.period):
        days = sorted(
            waited(one)
            for one in history.submissions
            if one.status in (APPROVED, REJECTED) and in_month([one.finished], row.month)
        )
        assert row.decisions == len(days)
        if not days:
            assert (row.median, row.slowest_tenth, row.within_target) == (None, None, None)
            continue
        assert row.median == (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
        assert row.slowest_tenth == min(
            day for day in days if sum(other <= day for other in days) >= 0.9 * len(days)
        )
        within = sum(day <= 5 for day in days)
        assert row.within_target == round(100 * within / len(days))


def test_points_that_were_not_ticked_are_counted(history: History) -> None:
    refused = [
        one
        for one in history.submissions
        if one.status == REJECTED and one.finished and inside(one.finished, history.period)
    ]
    expected = {
        str(label): sum(not one.checklist[name] for one in refused)
        for name, label in CHECKLIST.items()
    }
    table = review_tables.refused_points(history.period)
    assert {row[0]: row[1] for row in table.rows} == expected
    assert [row[1] for row in table.rows] == sorted(expected.values(), reverse=True)
    assert all(row[2] == round(100 * expected[str(row[0])] / len(refused)) for row in table.rows)
    texts = [one.text for one in review.refusals(history.period)]
    newest = sorted(refused, key=lambda one: str(one.finished), reverse=True)
    assert texts == [one.text for one in newest]


def test_what_was_published_is_counted_by_municipality_format_and_type(history: History) -> None:
    rows = [one for one in history.published if inside(one.moment, history.period)]
    assert 0 < len(rows) < len(history.published)
    assert dict(published.by_municipality(history.period)) == Counter(
        one.municipality for one in rows
    )
    for field, slugs in (
        ("formats", [slug for one in rows for slug in one.formats]),
        ("radicalisation_types", [slug for one in rows for slug in one.types]),
    ):
        counts = published.by_term(history.period, field)
        assert dict(counts) == Counter(slug.capitalize() for slug in slugs)
        assert [number for _label, number in counts] == sorted(
            (number for _label, number in counts), reverse=True
        )


def test_a_decision_counts_in_the_month_of_the_netherlands(world: World) -> None:
    pattern = review_of(world.submitted())
    new_year = datetime(2026, 1, 1, 0, 30, tzinfo=HERE)
    add_submission(world, pattern, Submission(new_year, new_year, REJECTED, {}, ""))
    december, january = (
        Period(date(*month, 1), date(*month, 1)) for month in ((2025, 12), (2026, 1))
    )
    assert [row.submitted for row in review.month_counts(december)] == [0]
    (row,) = review.month_counts(january)
    assert (row.submitted, row.changes_asked) == (1, 1)
    assert [row.decisions for row in review.decision_times(january)] == [1]


def aged(moment: datetime) -> PracticePage:
    page: PracticePage = PracticePageFactory(first_published_at=moment, last_published_at=moment)
    return page


@pytest.mark.parametrize(
    ("moment", "age"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=HERE), Age.HALF_YEAR),
        (datetime(2026, 5, 25, 13, tzinfo=HERE), Age.HALF_YEAR),
        (datetime(2026, 5, 25, 12, tzinfo=HERE), Age.YEAR),
        (datetime(2025, 11, 25, 12, tzinfo=HERE), Age.YEAR_AND_A_HALF),
        (datetime(2025, 5, 25, 12, tzinfo=HERE), Age.TWO_YEARS),
        (datetime(2024, 11, 25, 13, tzinfo=HERE), Age.TWO_YEARS),
        (datetime(2024, 11, 25, 12, tzinfo=HERE), Age.DUE),
        (datetime(2020, 1, 1, 12, tzinfo=HERE), Age.DUE),
    ],
)
def test_a_practice_is_as_old_as_its_publication(db: None, moment: datetime, age: Age) -> None:
    aged(moment)
    assert published.ages(TODAY) == dict.fromkeys(Age, 0) | {age: 1}


def test_a_confirmation_makes_a_practice_young_again(db: None) -> None:
    page = aged(datetime(2020, 1, 1, tzinfo=HERE))
    HistoryEntry.objects.create(page=page, kind="confirmed", happened_at=TODAY)
    assert published.ages(TODAY)[Age.HALF_YEAR] == 1


def test_only_who_was_asked_three_times_did_not_confirm(db: None) -> None:
    since = datetime(2020, 1, 1, tzinfo=HERE)
    pages = [aged(since) for _ in range(3)]
    for page, numbers in zip(pages, ((), (0, 1), (0, 1, 2)), strict=True):
        for number in numbers:
            ReviewReminder.objects.create(page=page, since=since, number=number, sent_at=TODAY)
    counts = published.ages(TODAY)
    assert (counts[Age.DUE], counts[Age.UNCONFIRMED]) == (2, 1)


def test_drafts_and_the_archive_have_no_age(db: None) -> None:
    PracticePageFactory(draft=True)
    page = aged(TODAY)
    HistoryEntry.objects.create(page=page, kind="retired", happened_at=TODAY)
    assert sum(published.ages(TODAY).values()) == 0
