"""What changes reaches the index of lessons: after the commit, whatever way it changed."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import Lesson, MunicipalityPage, PracticePage, Vocabulary
from search.engines import engine_for
from search.engines.base import IndexMissingError
from search.indexing.check import compare
from search.indexing.outbox import backlog
from search.models import Change
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    TermFactory,
)
from tests.indexes import lose, unwritable

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def practice(gouda: MunicipalityPage) -> PracticePage:
    page = PracticePageFactory(parent=gouda, title="Lunch over duiden")
    page.lessons = [Lesson(kind="werkte", text="Begin vroeg."), Lesson(kind="tip", text="Rustig.")]
    page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


def texts(**parameters: str) -> list[str]:
    found = Client().get("/lessen.json", parameters).json()
    assert not compare(LESSONS, engine_for(LESSONS)), "and the index is equal to the database"
    return [row["text"] for row in found["results"]]


def numbers() -> int:
    total: int = Client().get("/lessen.json").json()["total"]
    return total


def test_publishing_is_found_at_once_and_a_draft_is_not(gouda: MunicipalityPage) -> None:
    page = PracticePageFactory(parent=gouda, draft=True)
    page.lessons = [Lesson(kind="tip", text="Let op de regenboog.")]
    revision = page.save_revision()
    assert numbers() == 0
    revision.publish()
    assert texts(q="regenboog") == ["Let op de regenboog."]


def test_the_next_publication_changes_adds_and_removes_lessons(practice: PracticePage) -> None:
    first, _second = practice.lessons.all()
    first.text = "Begin laat."
    practice.lessons = [first, Lesson(kind="werkte_niet", text="Te veel.")]
    revision = practice.save_revision()
    assert texts() == ["Begin vroeg.", "Rustig."]
    revision.publish()
    assert texts() == ["Begin laat.", "Te veel."]
    assert numbers() == 2


def test_a_lesson_that_changes_by_itself_is_found(practice: PracticePage) -> None:
    lesson = practice.lessons.get(kind="tip")
    lesson.text = "Zonder haast."
    lesson.save()
    assert (texts(q="haast"), texts(q="rustig")) == (["Zonder haast."], [])
    lesson.delete()
    assert (texts(), numbers()) == (["Begin vroeg."], 1)


def test_unpublishing_takes_lessons_away(practice: PracticePage) -> None:
    practice.unpublish()
    assert numbers() == 0
    page = Page.objects.get(pk=practice.pk)
    page.live = True
    page.save()
    assert numbers() == 2


@pytest.mark.parametrize("above", [False, True])
def test_deleting_takes_lessons_away(practice: PracticePage, above: bool) -> None:
    (practice.get_parent() if above else practice).specific.delete()
    assert (numbers(), texts()) == (0, [])


def test_what_becomes_private_is_not_found_and_public_again_it_is(practice: PracticePage) -> None:
    restriction = PageViewRestriction.objects.create(
        page=practice.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert numbers() == 0
    restriction.delete()
    assert numbers() == 2


def test_facets_and_words_follow_the_practice(practice: PracticePage) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden", label="Duiden")
    practice.themes = [term]
    practice.save()
    assert len(texts(thema="duiden")) == 2
    term.label = "Weerbaarheid"
    term.save()
    assert len(texts(q="weerbaarheid")) == 2
    other = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Ede", slug="ede"))
    practice.move(other, pos="last-child")
    assert (texts(gemeente="gouda"), len(texts(gemeente="ede", q="ede"))) == ([], 2)


def test_saving_a_draft_tells_the_index_of_lessons_nothing(practice: PracticePage) -> None:
    before = list(Change.objects.filter(follower__startswith="lessons:").values_list())
    practice.title = "Anders"
    practice.save_revision()
    assert list(Change.objects.filter(follower__startswith="lessons:").values_list()) == before


def test_the_outbox_does_not_grow_with_each_publication(
    practice: PracticePage,
) -> None:
    before = Change.objects.filter(follower__startswith="lessons:").count()
    for _time in range(3):
        draft = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
        draft.save_revision().publish()
    assert Change.objects.filter(follower__startswith="lessons:").count() == before
    assert texts() == ["Begin vroeg.", "Rustig."]


def test_a_publication_stands_when_its_index_cannot_be_written(practice: PracticePage) -> None:
    with unwritable(engine_for(LESSONS)):
        practice.lessons = [Lesson(kind="tip", text="Let op de regenboog.")]
        practice.save()
        assert backlog(LESSONS).pending
        assert backlog(PRACTICES).pending == 0
    call_command("search_drain")
    assert texts() == ["Let op de regenboog."]


def test_what_is_rolled_back_was_never_recorded(practice: PracticePage) -> None:
    before = list(Change.objects.values_list("follower", "document", "version"))
    with transaction.atomic():
        practice.lessons = []
        practice.save()
        transaction.set_rollback(True)
    assert list(Change.objects.values_list("follower", "document", "version")) == before


@pytest.mark.parametrize("command", [["search_rebuild", "--if-needed"], ["search_drain"]])
def test_a_site_that_has_no_index_of_lessons_yet_gets_it(
    practice: PracticePage, command: list[str]
) -> None:
    lose(engine_for(LESSONS))
    with pytest.raises(IndexMissingError):
        engine_for(LESSONS).status()
    assert Client().get("/lessen/").status_code == 200
    assert Client().get("/praktijken/?q=lunch").status_code == 200
    call_command(*command)
    assert len(texts()) == 2


def test_the_next_publication_builds_an_index_that_is_missing(practice: PracticePage) -> None:
    lose(engine_for(LESSONS))
    practice.title = "Ontbijt"
    practice.save()
    assert len(texts(q="ontbijt")) == 2


def test_commands_tell_of_both_indexes(
    practice: PracticePage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("search_check")
    call_command("search_status")
    told = capsys.readouterr().out
    engine = engine_for(LESSONS).name
    assert f"lessons:{engine}: gelijk aan de database" in told
    assert told.count("documenten") == 3, "two indexes, and what practices mean"
    call_command("search_rebuild")
    assert f"lessons:{engine}: 2 documenten" in capsys.readouterr().out


def test_a_check_mends_what_differs(practice: PracticePage) -> None:
    Lesson.objects.filter(kind="tip").delete()
    Change.objects.filter(follower__startswith="lessons:").update(version=9, delivered=9)
    call_command("search_check", "--repair")
    assert texts() == ["Begin vroeg."]


def test_fictional_practices_bring_their_lessons_and_take_them_along(gouda: Any) -> None:
    call_command("reference", verbosity=0)
    call_command("synthetic", "20", seed=3, verbosity=0)
    assert numbers() == Lesson.objects.count() > 20
    call_command("synthetic", remove=True, verbosity=0)
    assert (numbers(), Lesson.objects.count()) == (0, 0)
