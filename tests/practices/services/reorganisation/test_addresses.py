"""Whatever was published or searched by an old address is found by it for ever."""

from typing import Any

import pytest
from django.test import Client

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import MunicipalityPage
from practices.services.reorganisation import steps
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory
from tests.practices.services.moderation.conftest import World, fresh
from tests.practices.services.reorganisation.conftest import merge, undo


@pytest.fixture(autouse=True)
def no_old_registers() -> Any:
    registers.forget()
    yield
    registers.forget()


def old_addresses(page: Any) -> list[str]:
    return [
        f"/gemeenten/{page.municipality.slug}/",
        page.url,
        f"{page.url}?van=mail",
        f"{page.url}contact/",
        f"{page.url}contact/verstuurd/",
        f"/praktijken/?gemeente={page.municipality.slug}",
        f"/praktijken/?q=x&gemeente={page.municipality.slug}&gemeente=bestaat-niet",
        f"/praktijken.json?gemeente={page.municipality.slug.upper()}",
        f"/praktijken/kies/gemeente/?gemeente={page.municipality.slug}",
        f"{page.url.rstrip('/')}.csl.json",
    ]


def lands_on(address: str) -> str:
    """Where an old address leads at once, which must be something that answers."""
    response = Client().get(address)
    assert response.status_code == 301, address
    assert "no-cache" in response["Cache-Control"]
    landing: str = response["Location"]
    assert Client().get(landing).status_code == 200, landing
    return landing


def test_old_addresses_of_every_kind_lead_to_something_that_answers(world: World) -> None:
    rebuild(PRACTICES)
    PracticePageFactory(parent=world.ede, slug="samen")
    practice = world.published(slug="samen")
    old = old_addresses(practice)
    merge(world, [world.gouda.municipality], world.ede.municipality)
    landings = [lands_on(address) for address in old]
    assert landings[0] == f"/gemeenten/{world.ede.slug}/"
    assert landings[1] == f"/gemeenten/{world.ede.slug}/samen-2/" == fresh(practice).url
    assert landings[2].endswith("/samen-2/?van=mail")
    assert landings[3].endswith("/samen-2/contact/")
    assert landings[5] == f"/praktijken/?gemeente={world.ede.slug}"
    assert landings[-1].endswith("/samen-2.csl.json")


def test_addresses_of_two_reorganisations_ago_lead_on_in_one_step(
    world: World, zwolle: MunicipalityPage
) -> None:
    rebuild(PRACTICES)
    practice = world.published(slug="samen")
    first = old_addresses(practice)
    merge(world, [world.gouda.municipality], world.ede.municipality)
    second = old_addresses(fresh(practice))
    row = merge(world, [world.ede.municipality], zwolle.municipality)
    steps.confirm(reorganisation=row.pk, by=world["edith"])
    for address in (*first, *second):
        assert "zwolle" in lands_on(address)


def test_a_message_sent_from_an_old_form_is_sent_on(world: World) -> None:
    practice = world.published()
    merge(world, [world.gouda.municipality], world.ede.municipality)
    response = Client().post(f"{practice.url}contact/", {"name": "Noor"})
    assert response.status_code == 308
    assert response["Location"] == f"{fresh(practice).url}contact/"


def test_a_practice_that_got_another_slug_is_found_by_each_older_one(world: World) -> None:
    practice = world.published(slug="samen")
    first = practice.url
    merge(world, [world.gouda.municipality], world.ede.municipality)
    practice = fresh(practice)
    practice.slug = "beter"
    practice.save()
    assert lands_on(first) == f"/gemeenten/{world.ede.slug}/beter/"


def test_after_undoing_both_addresses_work_and_none_goes_round(world: World) -> None:
    practice = world.published(slug="samen")
    own = practice.url
    row = merge(
        world, [world.gouda.municipality], name="Nieuwstad", code="GM9999", slug="nieuwstad"
    )
    meanwhile = fresh(practice).url
    undo(world, row)
    assert Client().get(own).status_code == 200
    assert lands_on(meanwhile) == own
    assert lands_on("/gemeenten/nieuwstad/") == f"/gemeenten/{world.gouda.slug}/"
    again = merge(world, [world.gouda.municipality], world.ede.municipality)
    assert lands_on(meanwhile) == lands_on(own) == fresh(practice).url
    undo(world, again)
    assert Client().get(own).status_code == 200


def test_a_practice_without_a_contact_gives_a_404_and_no_circle(world: World) -> None:
    practice = world.published(contact_email="kim@voorbeeld.example")
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    undo(world, row)
    again = merge(world, [world.gouda.municipality], world.ede.municipality)
    assert again.is_in_force
    type(practice).objects.filter(pk=practice.pk).update(contact_email="")
    assert Client().get(f"{fresh(practice).url}contact/").status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_searches_by_the_old_name_or_value_finds_the_new_municipality() -> None:
    from django.contrib.auth.models import User

    old, new = (
        MunicipalityPageFactory(municipality=MunicipalityFactory(name=name, aliases=aliases))
        for name, aliases in (("Haren", ["Harenermolen"]), ("Groningen", []))
    )
    practice = PracticePageFactory(parent=old)
    other = PracticePageFactory(parent=new)
    rebuild(PRACTICES)
    editor = User.objects.create_user("edith", is_superuser=True)
    row = steps.prepare(
        old=[old.municipality], new=new.municipality,
        takes_effect_on=practice.first_published_at.date().replace(year=2025), by=editor,
    )  # fmt: skip
    steps.carry_out(reorganisation=row.pk, by=editor)
    for text in ("Haren", "Harenermolen", "Groningen"):
        assert found(q=text) == {practice.pk, other.pk}, text
    assert found(gemeente="haren") == found(gemeente="groningen") == {practice.pk, other.pk}
    facet = next(one for one in answer()["facets"] if one["name"] == "gemeente")
    assert [option["value"] for option in facet["options"]] == ["groningen"]
    steps.undo(reorganisation=row.pk, by=editor)
    assert found(q="Harenermolen") == found(gemeente="haren") == {practice.pk}


def answer(**parameters: str) -> Any:
    return Client().get("/praktijken.json", parameters, follow=True).json()


def found(**parameters: str) -> set[int]:
    return {row["id"] for row in answer(**parameters)["results"]}


def test_an_old_name_means_the_new_municipality_where_municipalities_are_named(
    world: World,
) -> None:
    from practices.admin.form_fields import MunicipalitiesField, PracticesField

    practice = world.published()
    merge(world, [world.gouda.municipality], world.ede.municipality)
    named = MunicipalitiesField().clean(world.gouda.municipality.name)
    assert named == [world.ede.municipality]
    assert PracticesField().clean(f"https://site.example{practice.url}") == [practice]
