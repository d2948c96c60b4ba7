"""The screens of a merge, as an editor goes through them."""

import pytest
from django.urls import reverse

from practices.models import Term, Vocabulary
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World
from tests.practices.services.vocabularies.conftest import term_of


def address(term: Term) -> str:
    return f"/beheer/termen/{term.pk}/samenvoegen/"


def text_of(content: bytes) -> str:
    return " ".join(content.decode().split())


def test_the_list_and_the_form_of_a_term_lead_to_merging(world: World) -> None:
    term = term_of("cursus")
    browser = world.client("edith")
    for page in ("/beheer/termen/", f"/beheer/termen/edit/{term.pk}/"):
        assert address(term) in browser.get(page).content.decode()
    assert "/beheer/termen/volgorde/" in browser.get("/beheer/termen/").content.decode()


def test_only_terms_are_offered_that_it_can_go_into(world: World) -> None:
    above, other = term_of("boven"), term_of("ander")
    term_of("smal", parent=above)
    term_of("thema", Vocabulary.THEME)
    form = world.client("edith").get(address(above)).context["form"]
    assert list(form.fields["naar"].queryset) == [other]


def test_the_preview_tells_what_will_change_and_changes_nothing(world: World) -> None:
    old, new = term_of("cursus", parent=None), term_of("training")
    old.slug = "les"
    old.save()
    term_of("smal", label="Korte cursus", parent=old)
    PracticePageFactory(parent=world.gouda, terms={"formats": ["les"]})
    page = world.published()
    page.formats = [old]
    page.save_revision(user=world["sam"])
    answer = world.client("edith").get(address(old), {"naar": new.pk})
    preview = answer.context["preview"]
    assert (preview.public, preview.drafts, preview.versions) == (1, 1, 1)
    assert [term.label for term in preview.children] == ["Korte cursus"]
    assert preview.addresses == ["/praktijken/?vorm=les", "/praktijken/?vorm=cursus"]
    text = text_of(answer.content)
    assert "1 openbare praktijk krijgt de andere term." in text
    assert "Korte cursus" in text
    assert Term.objects.filter(pk=old.pk).exists()


def test_the_preview_tells_of_outcomes_that_become_one(world: World) -> None:
    world.published()
    world.draft()
    old, new = (Term.objects.get(slug=f"leerdoel-{number}") for number in (1, 2))
    answer = world.client("edith").get(address(old), {"naar": new.pk})
    assert answer.context["preview"].both == 2
    assert "2 praktijken hebben beide leerdoelen." in text_of(answer.content)


def test_confirming_merges_and_leads_to_the_term_that_stays(world: World) -> None:
    old, new = term_of("cursus"), term_of("training")
    PracticePageFactory(parent=world.gouda, terms={"formats": ["cursus"]})
    answer = world.client("edith").post(address(old), {"naar": new.pk}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("termen_modeladmin_edit", args=[new.pk])
    assert "“Cursus” is samengevoegd met “Training”, bij 1 praktijk." in text_of(answer.content)
    assert not Term.objects.filter(pk=old.pk).exists()
    history = world.client("edith").get(f"/beheer/termen/history/{new.pk}/").content
    assert "“Cursus” (cursus) samengevoegd met deze term" in text_of(history)


@pytest.mark.parametrize("value", ["", "x", "900001"])
def test_a_term_that_is_not_offered_is_refused_at_its_field(world: World, value: str) -> None:
    old = term_of("cursus")
    for send in (world.client("edith").get, world.client("edith").post):
        answer = send(address(old), {"naar": value})
        assert answer.status_code == 400
        assert "Kies een term uit de lijst." in text_of(answer.content)


def test_a_term_that_is_gone_has_no_screen(world: World) -> None:
    assert world.client("edith").get("/beheer/termen/900001/samenvoegen/").status_code == 404


@pytest.mark.parametrize("name", ["sam", "bo"])
def test_an_official_merges_and_moves_nothing(world: World, name: str) -> None:
    old, new = term_of("cursus", position=1), term_of("training", position=2)
    before = list(Term.objects.values())
    world.client(name).post(address(old), {"naar": new.pk})
    world.client(name).post("/beheer/termen/volgorde/vorm/", {"omhoog": new.pk})
    assert list(Term.objects.values()) == before
