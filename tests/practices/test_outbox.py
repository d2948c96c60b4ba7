"""What changes reaches the index: after the commit, whatever way it changed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

from practices.indexes.practices import PRACTICES
from practices.models import (
    Lesson,
    Municipality,
    MunicipalityAlias,
    MunicipalityPage,
    PracticePage,
    SynonymGroup,
    Vocabulary,
)
from search.engines import engine_for
from search.engines.base import Request
from search.indexing.outbox import backlog
from search.management.commands.search_status import WIDTH
from search.models import Change
from search.questions.parsing import parse_text
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    TermFactory,
    approve,
)
from tests.indexes import unwritable

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def practice(gouda: MunicipalityPage) -> PracticePage:
    return PracticePageFactory(parent=gouda, title="Lunch over duiden")


def ids(**parameters: str) -> list[int]:
    return [row["id"] for row in Client().get("/praktijken.json", parameters).json()["results"]]


def draft(practice: PracticePage) -> PracticePage:
    return practice.get_latest_revision_as_object()


def test_publishing_is_found_at_once(gouda: MunicipalityPage) -> None:
    page = PracticePageFactory(parent=gouda, title="Ontbijt", draft=True)
    assert ids(q="ontbijt") == []
    page.save_revision().publish()
    assert ids(q="ontbijt") == [page.pk]


def test_a_draft_of_a_published_practice_is_not_found(practice: PracticePage) -> None:
    practice.title = "Geheim ontbijt"
    practice.save_revision()
    assert ids(q="geheim") == []
    assert ids(q="lunch") == [practice.pk]


def test_the_text_of_children_is_found_with_the_publication_that_brings_it(
    practice: PracticePage,
) -> None:
    for text in ("regenboog", "zonsondergang"):
        page = draft(practice) if practice.latest_revision else practice
        page.lessons = [Lesson(kind="tip", text=f"Let op de {text}.")]
        page.save_revision().publish()
        assert ids(q=text) == [practice.pk]
    assert ids(q="regenboog") == []


def test_a_lesson_that_changes_by_itself_is_found(practice: PracticePage) -> None:
    lesson = Lesson.objects.create(page=practice, kind="tip", text="Neem de tijd.")
    lesson.text = "Begin vroeg."
    lesson.save()
    assert (ids(q="vroeg"), ids(q="tijd")) == ([practice.pk], [])
    lesson.delete()
    assert ids(q="vroeg") == []


def test_unpublishing_takes_it_away(practice: PracticePage) -> None:
    assert ids(q="lunch") == [practice.pk]
    practice.unpublish()
    assert ids(q="lunch") == []


def test_unpublishing_through_the_plain_page_takes_it_away(practice: PracticePage) -> None:
    page = Page.objects.get(pk=practice.pk)
    page.live = False
    page.save()
    assert ids(q="lunch") == []


def test_expiring_takes_it_away(practice: PracticePage) -> None:
    practice.expire_at = timezone.now() - timedelta(minutes=1)
    practice.save()
    assert ids(q="lunch") == [practice.pk]
    call_command("publish_scheduled")
    assert ids(q="lunch") == []


def test_going_live_on_schedule_is_found(gouda: MunicipalityPage) -> None:
    page = PracticePageFactory(parent=gouda, title="Ontbijt", draft=True)
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert ids(q="ontbijt") == []
    approve(revision)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    assert ids(q="ontbijt") == [page.pk]


def test_deleting_takes_it_away(practice: PracticePage) -> None:
    practice.delete()
    assert ids() == []


def test_deleting_a_municipality_page_takes_its_practices_away(practice: PracticePage) -> None:
    practice.get_parent().specific.delete()
    assert ids() == []


def test_moving_changes_its_municipality(practice: PracticePage) -> None:
    other = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Ede", slug="ede"))
    practice.move(other, pos="last-child")
    assert (ids(gemeente="gouda"), ids(gemeente="ede")) == ([], [practice.pk])
    assert Client().get("/gemeenten/ede/lunch-over-duiden/").status_code == 200


def test_renaming_a_term_is_found_under_the_new_name(practice: PracticePage) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden", label="Duiden")
    practice.themes = [term]
    practice.save()
    term.label = "Weerbaarheid"
    term.save()
    assert ids(q="weerbaarheid") == [practice.pk]
    (facet,) = [
        facet
        for facet in Client().get("/praktijken.json").json()["facets"]
        if facet["name"] == "thema"
    ]
    assert [option["label"] for option in facet["options"]] == ["Weerbaarheid"]


def test_a_term_with_another_slug_is_found_under_it(practice: PracticePage) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden")
    practice.themes = [term]
    practice.save()
    term.slug = "begrijpen"
    term.save()
    assert ids(thema="begrijpen") == [practice.pk]


def test_a_term_that_gets_a_broader_one_is_found_under_it(practice: PracticePage) -> None:
    broad = TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="eerstelijn")
    narrow = TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="jongerenwerk")
    practice.target_groups = [narrow]
    practice.save()
    assert ids(doelgroep="eerstelijn") == []
    narrow.parent = broad
    narrow.save()
    assert ids(doelgroep="eerstelijn") == [practice.pk]


def test_a_municipality_that_changes_is_found_by_its_new_facts(practice: PracticePage) -> None:
    place = Municipality.objects.get(slug="gouda")
    assert ids(grootte="50000-100000") == [practice.pk]
    place.inhabitants = 300_000
    place.name = "Nieuw Gouda"
    place.save()
    assert ids(grootte="vanaf-250000") == ids(q="nieuw") == [practice.pk]
    MunicipalityAlias.objects.create(municipality=place, name="Kaasstad")
    assert ids(q="kaasstad") == [practice.pk]


def test_synonyms_work_as_soon_as_they_are_saved(practice: PracticePage) -> None:
    assert ids(q="middagmaal") == []
    group = SynonymGroup.objects.create(words="lunch\nmiddagmaal")
    assert ids(q="middagmaal") == [practice.pk]
    group.delete()
    assert ids(q="middagmaal") == []


def test_what_becomes_private_is_not_found_and_public_again_it_is(practice: PracticePage) -> None:
    restriction = PageViewRestriction.objects.create(
        page=practice.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert ids() == []
    restriction.delete()
    assert ids() == [practice.pk]


def test_nothing_reaches_the_index_before_the_commit(practice: PracticePage) -> None:
    with transaction.atomic():
        practice.title = "Ontbijt"
        practice.save()
        assert engine_for(PRACTICES).total(Request(parse_text("ontbijt"))) == 0
    assert ids(q="ontbijt") == [practice.pk]


def test_what_is_rolled_back_was_never_recorded(practice: PracticePage) -> None:
    before = list(Change.objects.values_list("document", "version"))
    practice.title = "Ontbijt"
    with transaction.atomic():
        practice.save()
        transaction.set_rollback(True)
    assert list(Change.objects.values_list("document", "version")) == before
    assert ids(q="ontbijt") == []


def test_changes_in_one_transaction_end_as_the_last_one_said(practice: PracticePage) -> None:
    with transaction.atomic():
        for title in ("Ontbijt", "Borrel", "Diner"):
            practice.title = title
            practice.save()
    assert (ids(q="diner"), ids(q="ontbijt"), ids(q="borrel")) == ([practice.pk], [], [])
    assert backlog(PRACTICES).pending == 0


def test_a_publication_stands_when_the_index_cannot_be_written(
    practice: PracticePage, caplog: pytest.LogCaptureFixture
) -> None:
    with unwritable(engine_for(PRACTICES)):
        practice.title = "Ontbijt"
        practice.save()
        assert PracticePage.objects.get().title == "Ontbijt"
        assert backlog(PRACTICES).pending == 1
        assert "stay pending" in caplog.text
    call_command("search_drain")
    assert ids(q="ontbijt") == [practice.pk]


def test_status_tells_what_is_pending(
    practice: PracticePage, capsys: pytest.CaptureFixture[str]
) -> None:
    Change.objects.update(delivered=0)
    call_command("search_status")
    of_practices = capsys.readouterr().out.partition("\npractices:")[2].partition("\nlessons:")[0]
    lines = of_practices.splitlines()
    told = {line[:WIDTH].strip(): line[WIDTH:] for line in lines if line.startswith("  ")}
    engine = engine_for(PRACTICES).name
    assert (told["zoekmachine"], told["documenten"]) == (engine, "1")
    assert told["wachtende wijzigingen"] == "1"
