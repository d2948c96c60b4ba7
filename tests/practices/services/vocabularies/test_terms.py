"""What the form of a term refuses, and what a retired term still does."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from practices.indexes.practices import PRACTICES
from practices.models import FormerValue, PracticePage, Term, Vocabulary
from practices.services.reference.load import load_reference
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World, edit_url
from tests.practices.services.vocabularies.conftest import Merge, term_of

EDIT = "termen_modeladmin_edit"


def problems(term: Term) -> dict[str, list[str]]:
    try:
        term.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def form_of(term: Term, **changed: Any) -> dict[str, Any]:
    fields = {
        name: getattr(term, name) or ""
        for name in ("vocabulary", "slug", "label", "definition", "position")
    }
    return {**fields, "parent": term.parent_id or "", "is_active": "on"} | changed


def test_renaming_a_slug_in_the_form_keeps_the_old_one(world: World) -> None:
    term = term_of("cursus")
    answer = world.client("edith").post(reverse(EDIT, args=[term.pk]), form_of(term, slug="les"))
    assert answer.status_code == 302
    assert [(one.slug, one.term) for one in FormerValue.objects.all()] == [("cursus", term)]


def test_the_form_refuses_a_slug_to_which_old_addresses_lead(world: World) -> None:
    term = term_of("cursus")
    term.slug = "training"
    term.save()
    other = term_of("les")
    answer = world.client("edith").post(
        reverse(EDIT, args=[other.pk]), form_of(other, slug="cursus")
    )
    assert answer.status_code == 200
    assert "Oude webadressen hiermee leiden naar de term" in answer.content.decode()
    assert Term.objects.get(pk=other.pk).slug == "les"


def test_another_vocabulary_may_have_the_slug(db: None) -> None:
    term = term_of("cursus")
    term.slug = "training"
    term.save()
    fields = {"slug": "cursus", "label": "Cursus", "definition": "Een cursus."}
    assert problems(Term(vocabulary=Vocabulary.THEME, **fields)) == {}
    assert list(problems(Term(vocabulary=Vocabulary.FORMAT, **fields))) == ["slug"]


def test_a_term_stays_in_its_vocabulary(db: None) -> None:
    term = term_of("cursus")
    term.vocabulary = Vocabulary.THEME
    assert list(problems(term)) == ["vocabulary"]


def test_saving_a_term_that_is_gone_does_not_bring_it_back(merge: Merge) -> None:
    term = term_of("cursus")
    merge(term, term_of("training"))
    term.label = "Terug"
    with pytest.raises(DatabaseError):
        term.save()


def test_a_merged_term_does_not_come_back_with_the_reference_data(world: World) -> None:
    load_reference()
    old = Term.objects.get(vocabulary="vorm", slug="e-learning")
    old.slug = "online"
    old.save()
    load_reference(missing=True)
    assert not Term.objects.filter(slug="e-learning").exists()


def test_a_retired_term_leaves_the_choices_but_not_the_practices_that_have_it(
    world: World,
) -> None:
    page = world.draft()
    other = world.draft()
    retired = Term.objects.get(slug="formats-1")
    other.formats = [Term.objects.get(slug="formats-2")]
    other.save_revision(user=world["sam"])
    retired.is_active = False
    retired.save()
    offered = f'name="formats" value="{retired.pk}"'
    assert offered in world.client("sam").get(edit_url(page)).content.decode()
    assert offered not in world.client("sam").get(edit_url(other)).content.decode()
    assert retired in PracticePage.objects.get(pk=page.pk).formats.all()


def test_a_retired_term_can_still_be_filtered_on(db: None, client: Client) -> None:
    PracticePageFactory(terms={"formats": ["training"]}, title="Samen oefenen")
    Term.objects.filter(slug="training").update(is_active=False)
    rebuild(PRACTICES)
    found = client.get("/praktijken.json", {"vorm": "training"}).json()
    assert [one["title"] for one in found["results"]] == ["Samen oefenen"]
    assert found["notices"] == []


def test_the_register_tells_how_many_practices_have_a_term(world: World) -> None:
    world.draft()
    world.published()
    PracticePageFactory(parent=world.gouda, terms={"deliveries": ["uitvoering-1"]})
    answer = world.client("edith").get(reverse("termen_modeladmin_index"))
    numbers = {term.slug: term.number for term in answer.context["page_obj"].object_list}
    # The kind of provider of two practices, and the way of delivery of a third.
    assert numbers["uitvoering-1"] == 3
    assert numbers["expertise-1"] == numbers["leerdoel-1"] == numbers["formats-1"] == 2
