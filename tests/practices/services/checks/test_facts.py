"""Plain values from a page: saved, from a revision, and from a form that was not saved."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Orderable

from practices.admin.practice_form.problems import problems_for_submission
from practices.models import (
    GoalOutcome,
    Lesson,
    PracticeLink,
    PracticePage,
    Term,
    Trainer,
    Vocabulary,
)
from practices.services.checks.completeness import FINISHED, MINIMUM, missing
from practices.services.checks.contradictions import contradictions
from practices.services.checks.facts import ROWS, Draft, draft_of
from practices.services.checks.identifiability import findings
from practices.services.checks.outline import Shape, outline
from tests.factories import PracticePageFactory, TermFactory

NEEDED = [
    "title", "summary", "formats", "approach", "target_groups", "trainers", "radicalisation_types",
    "themes", "lessons",
]  # fmt: skip


@pytest.fixture
def full(db: None) -> PracticePage:
    """A practice with a value in every field."""
    return PracticePageFactory(complete=True)


def test_a_saved_page_and_its_revision_say_the_same(full: PracticePage) -> None:
    revision = full.save_revision().as_object()
    assert draft_of(revision) == draft_of(PracticePage.objects.get(pk=full.pk)) == draft_of(full)


def test_the_values_are_plain(full: PracticePage) -> None:
    draft = draft_of(full)
    assert (draft.duration, draft.duration_unit, draft.meetings) == (Decimal(2), "dagdeel", 3)
    assert draft.hours == Decimal(24)
    assert draft.formats == {"formats-1", "formats-2"}
    assert draft.approach == "Zo ging het."
    assert (draft.trainers, draft.lessons, len(draft.goals)) == (2, 3, 2)
    assert draft.expertises == {"expertise-1"}
    texts = [(one.field, one.text) for one in draft.passages]
    assert ("evaluation", "Deelnemers waren tevreden.") in texts
    assert ("lessons", "Begin op tijd.") in texts
    assert "Kim de Vries" not in str(texts)


def test_rules_ask_the_database_nothing(
    full: PracticePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft = draft_of(full)
    with django_assert_num_queries(0):
        missing(draft)
        contradictions(draft)
        findings(draft)


def test_a_broader_group_counts_only_without_a_narrower_one(full: PracticePage) -> None:
    broad: Term = TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="eerstelijn")
    narrow: Term = TermFactory(
        vocabulary=Vocabulary.TARGET_GROUP, slug="jongerenwerk", parent=broad
    )
    full.target_groups = [broad, narrow]
    assert draft_of(full).target_groups == {"jongerenwerk"}
    full.target_groups = [broad]
    assert draft_of(full).target_groups == {"eerstelijn"}


def test_empty_rows_count_for_nothing(db: None) -> None:
    page: PracticePage = PracticePageFactory()
    page.trainers = [Trainer()]
    page.lessons = [Lesson(kind="tip", text=" ")]
    page.goal_outcomes = [GoalOutcome()]
    draft = draft_of(page)
    assert (draft.trainers, draft.lessons) == (0, 0)
    assert [goal.slug for goal in draft.goals] == [""]


def test_every_list_of_the_form_that_a_draft_may_leave_unfinished_is_asked_for() -> None:
    """Wagtail saves a draft with less; submission asks all, so that the panel must name it."""
    form = PracticePage.get_edit_handler().get_form_class()
    rows = {field.name for tab in outline() for field in tab.fields if field.shape is Shape.ROWS}
    assert rows == set(ROWS)
    page: PracticePage = PracticePage()
    deferred = set()
    for name in rows:
        row = form.formsets[name](instance=page).empty_form
        needed = {key for key, field in row.fields.items() if field.required}
        row.defer_required_fields()
        if needed > {key for key, field in row.fields.items() if field.required}:
            deferred.add(name)
    assert deferred == {one.field for one in FINISHED}


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("trainers", Trainer(organisation="Bureau")),
        ("lessons", Lesson(kind="tip", text=" ")),
        ("links", PracticeLink(title="", url="https://example.org/")),
        ("links", PracticeLink(title="Folder", url="")),
    ],
)
def test_a_row_that_is_not_finished_is_missed(
    full: PracticePage, field: str, row: Orderable
) -> None:
    setattr(full, field, [*getattr(full, field).all(), row])
    (problem,) = problems_for_submission(full)
    assert problem.field == field
    assert "verwijder" in problem.sentence


def test_nothing_is_missing_of_a_full_practice(full: PracticePage) -> None:
    assert missing(draft_of(full)) == ()
    assert problems_for_submission(full) == []


def test_everything_is_missing_of_an_empty_one() -> None:
    found = missing(Draft(2026))
    assert [one.field for one in found] == NEEDED == [one.field for one in MINIMUM]
    assert found[0].sentence == "Geef de praktijk een titel."


@pytest.mark.parametrize("field", NEEDED)
def test_each_part_of_the_minimum_is_missed_alone(full: PracticePage, field: str) -> None:
    is_text = field in {"title", "summary", "approach"}
    setattr(full, field, "<p> </p>" if field == "approach" else " " if is_text else [])
    (problem,) = problems_for_submission(full)
    assert problem.field == field
    assert problem.sentence.endswith(".")
    assert problem.tab in {"Wat", "Aanpak", "Voor wie", "Trainers", "Inhoud", "Lessen"}
