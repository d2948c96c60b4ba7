"""The editors' screens of the reorganisations, in a browser."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from practices.models import Reorganisation, ReorganisationState
from practices.services.reorganisation import steps
from tests.factories import MunicipalityFactory
from tests.practices.services.moderation.conftest import World, fresh
from tests.practices.services.reorganisation.conftest import TODAY, merge

LIST = "/beheer/herindelingen/"


@pytest.fixture
def editor(world: World) -> Client:
    return world.client("edith")


def filled(world: World, **changed: str) -> dict[str, str]:
    return {
        "old": world.gouda.municipality.name,
        "new": str(world.ede.municipality.pk),
        "name": "",
        "code": "",
        "slug": "",
        "takes_effect_on": "2025-01-01",
    } | changed


def test_an_editor_prepares_looks_carries_out_and_makes_it_final(
    editor: Client, world: World
) -> None:
    practice = world.published(title="Samen sterk")
    world.draft(title="Nog geheim")
    response: Any = editor.post(f"{LIST}nieuw/", filled(world))
    row = Reorganisation.objects.get()
    assert response.url == f"{LIST}{row.pk}/"
    body = editor.get(response.url).content.decode()
    for told in ("Samen sterk", "Nog geheim", practice.url, "Sam", world.gouda.slug):
        assert told in body
    assert fresh(practice).municipality == world.gouda.municipality
    editor.post(f"{response.url}uitvoeren/")
    assert fresh(practice).municipality == world.ede.municipality
    body = editor.get(response.url).content.decode()
    assert "Definitief maken" in body
    assert "/ongedaan/" in body
    assert practice.url in body
    editor.post(f"{response.url}definitief/")
    body = editor.get(response.url).content.decode()
    assert "/ongedaan/" not in body
    answer = editor.post(f"{response.url}ongedaan/", follow=True).content.decode()
    assert "Deze herindeling is definitief. U kunt die niet meer ongedaan maken." in answer
    assert ">definitief<" in editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"old": ""}, "verplicht"),
        ({"old": "Nergenshuizen"}, "Nergenshuizen"),
        ({"old": "Elders"}, "Elders bestaat niet meer"),
        ({"old": "Oud Wachtend"}, "staat al in een andere herindeling"),
        ({"new": ""}, "Kies een bestaande gemeente, of geef de naam"),
        ({"name": "Nieuwstad"}, "Kies een bestaande gemeente of beschrijf een nieuwe"),
        ({"new": "", "name": "Nieuwstad"}, "heeft een CBS-code nodig"),
        ({"new": "", "name": "Nieuwstad", "code": "12"}, "GM en vier cijfers"),
        ({"new": "", "name": "Nieuwstad", "code": "GM7777"}, "hoort bij een andere gemeente"),
        ({"new": "", "name": "wachtend", "code": "GM9999"}, "al een gemeente"),
        ({"new": "", "name": "Nieuw", "code": "9999", "slug": "elders"}, "hoort bij een andere"),
        ({"takes_effect_on": "ooit"}, "datum"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    editor: Client, world: World, changed: dict[str, str], said: str
) -> None:
    waiting = MunicipalityFactory(name="Wachtend", code="GM7777")
    MunicipalityFactory(name="Elders", slug="elders", merged_into=waiting)
    late = MunicipalityFactory(name="Oud Wachtend")
    steps.prepare(old=[late], new=waiting, takes_effect_on=TODAY, by=world["edith"])
    body = editor.post(f"{LIST}nieuw/", filled(world, **changed)).content.decode()
    assert said in body
    for value in changed.values():
        assert value in body
    assert Reorganisation.objects.count() == 1


def test_a_municipality_does_not_go_into_itself(editor: Client, world: World) -> None:
    same = str(world.gouda.municipality.pk)
    body = editor.post(f"{LIST}nieuw/", filled(world, new=same)).content.decode()
    assert "kan niet in zichzelf opgaan" in body


def test_what_is_prepared_can_be_changed_and_withdrawn(editor: Client, world: World) -> None:
    editor.post(f"{LIST}nieuw/", filled(world))
    row = Reorganisation.objects.get()
    shown = editor.get(f"{LIST}{row.pk}/wijzigen/").content.decode()
    assert world.gouda.municipality.name in shown
    described = filled(world, new="", name="Nieuwstad", code="9999", takes_effect_on="2999-01-01")
    editor.post(f"{LIST}{row.pk}/wijzigen/", described)
    row.refresh_from_db()
    assert (row.new, row.new_code, row.new_slug) == (None, "GM9999", "nieuwstad")
    assert row.takes_effect_on == date(2999, 1, 1)
    assert "Nu uitvoeren" not in editor.get(f"{LIST}{row.pk}/").content.decode()
    editor.post(f"{LIST}{row.pk}/intrekken/")
    assert not Reorganisation.objects.exists()


def test_what_was_carried_out_is_not_changed_or_withdrawn(editor: Client, world: World) -> None:
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    assert editor.get(f"{LIST}{row.pk}/wijzigen/").status_code == 302
    editor.post(f"{LIST}{row.pk}/wijzigen/", filled(world, takes_effect_on="2999-01-01"))
    editor.post(f"{LIST}{row.pk}/intrekken/")
    row.refresh_from_db()
    assert (row.state, row.takes_effect_on) == (ReorganisationState.CARRIED_OUT, TODAY)


@pytest.mark.parametrize("path", ["", "nieuw/", "1/", "1/wijzigen/"])
def test_an_official_sees_none_of_it(world: World, path: str) -> None:
    row = merge(world, [world.gouda.municipality], world.ede.municipality)
    address = f"{LIST}{path}".replace("1/", f"{row.pk}/")
    assert world.client("sam").get(address).status_code == 302
    assert "herindelingen" not in world.client("sam").get("/beheer/").content.decode()
    assert "herindelingen" in world.client("edith").get("/beheer/").content.decode()


@pytest.mark.parametrize("action", ["uitvoeren", "ongedaan", "definitief", "intrekken"])
def test_an_official_forges_nothing(world: World, action: str) -> None:
    row = steps.prepare(
        old=[world.gouda.municipality], new=world.ede.municipality, takes_effect_on=TODAY,
        by=world["edith"],
    )  # fmt: skip
    if action in ("ongedaan", "definitief"):
        steps.carry_out(reorganisation=row.pk, by=world["edith"])
    row.refresh_from_db()
    before = row.state
    world.client("sam").post(f"{LIST}{row.pk}/{action}/")
    row.refresh_from_db()
    assert row.state == before


def test_the_page_of_the_new_municipality_names_what_went_into_it(
    world: World, client: Client
) -> None:
    merge(world, [world.gouda.municipality], world.ede.municipality)
    shown: Any = client.get(world.ede.url).content.decode()
    assert world.gouda.municipality.name in shown
