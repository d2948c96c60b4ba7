"""What changes above a practice, or in the registers that it refers to, reaches the index too."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import (
    GoalOutcome,
    Municipality,
    MunicipalityAlias,
    MunicipalityPage,
    PracticePage,
    Term,
    Trainer,
    Vocabulary,
)
from search.indexing.outbox import backlog
from tests.factories import (
    MunicipalityFactory,
    PracticePageFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def practice(gouda: MunicipalityPage) -> PracticePage:
    return PracticePageFactory(parent=gouda, title="Lunch over duiden")


def answer(**parameters: str) -> Any:
    return Client().get("/praktijken.json", parameters).json()


def ids(**parameters: str) -> list[int]:
    return [row["id"] for row in answer(**parameters)["results"]]


def labels(facet: str) -> list[str]:
    [found] = [one for one in answer()["facets"] if one["name"] == facet]
    return [option["label"] for option in found["options"]]


def test_a_municipality_page_that_gets_another_municipality_takes_its_practices_along(
    practice: PracticePage, gouda: MunicipalityPage
) -> None:
    gouda.municipality = MunicipalityFactory(name="Ede", slug="ede")
    gouda.save_revision().publish()
    assert (ids(gemeente="gouda"), ids(gemeente="ede")) == ([], [practice.pk])
    [result] = answer()["results"]
    assert result["municipality"]["name"] == "Ede"
    assert Client().get(result["url"]).status_code == 200


def test_a_municipality_page_under_another_title_or_address_keeps_its_practices(
    practice: PracticePage, gouda: MunicipalityPage
) -> None:
    gouda.title = "Gouda en omstreken"
    gouda.save_revision().publish()
    [result] = answer(gemeente="gouda")["results"]
    assert Client().get(result["url"]).status_code == 200


def test_a_municipality_with_another_slug_is_found_under_it_and_its_practices_have_their_page(
    practice: PracticePage,
) -> None:
    place = Municipality.objects.get(slug="gouda")
    place.slug = "nieuw-gouda"
    place.save()
    [result] = answer(gemeente="nieuw-gouda")["results"]
    assert Client().get(result["municipality"]["url"]).status_code == 200
    assert Client().get(result["url"]).status_code == 200
    old = Client().get("/gemeenten/gouda/lunch-over-duiden/")
    assert (old.status_code, old.headers["Location"]) == (301, result["url"])


def test_practices_that_change_places_keep_their_own_documents(practice: PracticePage) -> None:
    other = PracticePageFactory(parent=practice.get_parent().specific, title="Borrel")
    other.move(practice, pos="left")
    assert (ids(q="lunch"), ids(q="borrel")) == ([practice.pk], [other.pk])
    assert backlog(PRACTICES).pending == 0


def test_a_copy_is_found_when_it_is_published(practice: PracticePage) -> None:
    copy = practice.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, keep_live=False)
    assert ids(q="kopie") == []
    copy.save_revision().publish()
    assert ids(q="kopie") == [copy.pk]


def test_a_municipality_page_is_copied_with_its_practices(
    practice: PracticePage, gouda: MunicipalityPage
) -> None:
    ede = MunicipalityFactory(name="Ede", slug="ede")
    attrs = {"slug": "ede", "title": "Ede", "municipality": ede}
    gouda.copy(recursive=True, update_attrs=attrs)
    assert (ids(gemeente="gouda"), len(ids(gemeente="ede"))) == ([practice.pk], 1)


def test_terms_of_trainers_and_goals_are_found_under_their_new_names(
    practice: PracticePage,
) -> None:
    expertise = TermFactory(vocabulary=Vocabulary.EXPERTISE, slug="acteur")
    provider = TermFactory(vocabulary=Vocabulary.DELIVERY, slug="zelf-doen")
    goal = TermFactory(vocabulary=Vocabulary.LEARNING_GOAL, slug="urgentie")
    practice.trainers = [Trainer(expertises=[expertise], provider=provider)]
    practice.goal_outcomes = [GoalOutcome(goal=goal)]
    practice.save()
    for term, word in ((expertise, "goochelaar"), (provider, "uitbesteed"), (goal, "haast")):
        assert ids(q=word) == []
        term.label = word
        term.save()
        assert ids(q=word) == [practice.pk]


def test_a_broader_term_with_another_slug_is_found_under_it(practice: PracticePage) -> None:
    broad = TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="eerstelijn")
    narrow = TermFactory(vocabulary=Vocabulary.TARGET_GROUP, slug="jongerenwerk", parent=broad)
    practice.target_groups = [narrow]
    practice.save()
    broad.slug = "voorkant"
    broad.save()
    assert ids(doelgroep="voorkant") == [practice.pk]
    moved = Client().get("/praktijken.json", {"doelgroep": "eerstelijn"})
    assert moved["Location"] == "/praktijken.json?doelgroep=voorkant"


def test_a_retired_term_stays_on_old_practices_and_can_be_followed(practice: PracticePage) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden", label="Duiden")
    practice.themes = [term]
    practice.save()
    term.is_active = False
    term.save()
    assert (labels("thema"), ids(thema="duiden")) == (["Duiden"], [practice.pk])


def test_a_term_that_is_deleted_is_gone_from_its_practices(practice: PracticePage) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden", label="Weerbaarheid")
    practice.themes = [term]
    practice.save()
    assert ids(q="weerbaarheid") == [practice.pk]
    term.delete()
    assert (ids(q="weerbaarheid"), labels("thema")) == ([], [])


def test_a_new_name_of_a_partner_is_found_at_the_practice(practice: PracticePage) -> None:
    partner = MunicipalityFactory(name="Ede", slug="ede")
    practice.partner_municipalities = [partner]
    practice.save()
    partner.name = "Groot-Ede"
    partner.save()
    assert ids(q="groot-ede") == [practice.pk]


def test_an_alias_that_goes_or_changes_is_no_longer_found(practice: PracticePage) -> None:
    alias = MunicipalityAlias.objects.create(municipality=practice.municipality, name="Kaasstad")
    assert ids(q="kaasstad") == [practice.pk]
    alias.name = "Pijpenstad"
    alias.save()
    assert (ids(q="kaasstad"), ids(q="pijpenstad")) == ([], [practice.pk])
    alias.delete()
    assert ids(q="pijpenstad") == []


def test_labels_of_a_transaction_that_was_rolled_back_are_never_shown(
    practice: PracticePage,
) -> None:
    term = TermFactory(vocabulary=Vocabulary.THEME, slug="duiden", label="Duiden")
    practice.themes = [term]
    practice.save()
    with transaction.atomic():
        Term.objects.get(pk=term.pk).save()
        changed = Term.objects.get(pk=term.pk)
        changed.label = "Nooit gezegd"
        changed.save()
        registers.current()
        transaction.set_rollback(True)
    for name in ("Eerste", "Tweede", "Derde"):
        term.label = name
        term.save()
        assert labels("thema") == [name]


def test_a_page_of_another_kind_records_nothing(practice: PracticePage) -> None:
    before = backlog(PRACTICES)
    home = Page.objects.get(slug="wegwijzer")
    home.title = "Thuis"
    home.save()
    assert backlog(PRACTICES) == before
