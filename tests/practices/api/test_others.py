"""Lessons, municipalities, likeness, vocabularies and WegWijzers."""

from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from django.test import Client

from practices.api.operations.municipalities import Without
from practices.indexes.likeness.measure import Reason
from practices.models import HistoryEntry, Municipality, Term
from tests.factories import MunicipalityFactory, SignpostPageFactory
from tests.practices.api.conftest import Published, walk


def test_lessons_come_with_their_practice(published: Published, client: Client) -> None:
    pages = list(walk(client, "/api/v1/lessen", aantal=2))
    found = [one for page in pages for one in page["resultaten"]]
    assert [one["les"] for one in found] == ["werkte", "werkte-niet", "tip"]
    assert client.get(found[0]["url"]).json() == found[0]
    assert client.get(urlsplit(found[0]["pagina"]).path).status_code == 200
    assert pages[0]["totaal"] == 3
    assert {one["praktijk"]["titel"] for one in found} == {"Wijkoverleg"}
    assert found[0]["gemeente"]["naam"] == "Gouda"
    tips = client.get("/api/v1/lessen", {"les": "tip"}).json()["resultaten"]
    assert [one["tekst"] for one in tips] == ["Begin op tijd."]
    for practice, total in ((published.practices[0], 3), (published.practices[1], 0)):
        for query in ({}, {"vorm": "formats-1"}, {"sorteer": "nieuwste"}):
            asked = {"praktijk": str(practice.pk), **query}
            assert client.get("/api/v1/lessen", asked).json()["totaal"] == total


def test_the_api_finds_the_lessons_that_the_page_finds(
    published: Published, client: Client
) -> None:
    for query in (
        {"q": "tijd"},
        {"q": "tijd", "les": "tip"},
        {"les": ["werkte", "werkte-niet"], "vorm": "formats-1"},
        {"sorteer": "nieuwste"},
    ):
        page = client.get("/lessen.json", query).json()
        found = client.get("/api/v1/lessen", query).json()
        assert found["totaal"] == page["total"] > 0
        assert {one["id"] for one in found["resultaten"]} == {one["id"] for one in page["results"]}


def test_lessons_of_the_archive_are_left_out(published: Published, client: Client) -> None:
    HistoryEntry.objects.create(
        page=published.practices[0],
        kind=HistoryEntry.Kind.RETIRED,
        happened_at=published.practices[0].first_published_at,
    )
    assert client.get("/api/v1/lessen").json()["resultaten"] == []


@pytest.mark.parametrize("asked", ["GM0513", "gm0513", "gouda", "Gouda"])
def test_a_municipality_is_found_by_code_and_by_name(
    published: Published, client: Client, asked: str
) -> None:
    found = client.get(f"/api/v1/gemeenten/{asked}").json()
    assert found["code"] == "GM0513"
    assert found["praktijken"] == 2
    assert found["provincie"] == {"waarde": "zuid-holland", "naam": "Zuid-Holland"}
    assert [one["naam"] for one in found["buurgemeenten"]] == ["Ede"]
    following = client.get(found["praktijken_url"]).json()
    assert following["totaal"] == 2


def test_municipalities_stand_by_their_codes(published: Published, client: Client) -> None:
    pages = list(walk(client, "/api/v1/gemeenten", aantal=1))
    codes = [page["resultaten"][0]["code"] for page in pages]
    assert codes == sorted(codes)
    assert {"GM0228", "GM0513"} <= set(codes)
    of_province = client.get("/api/v1/gemeenten", {"provincie": "gelderland"}).json()
    assert [one["code"] for one in of_province["resultaten"]] == ["GM0228"]


@pytest.mark.parametrize("path", ["", "/vergelijkbaar"])
def test_a_municipality_that_went_into_another_leads_to_it(
    published: Published, client: Client, path: str
) -> None:
    old = MunicipalityFactory(name="Vlist", code="GM0623")
    Municipality.objects.filter(pk=old.pk).update(merged_into=published.gouda.municipality)
    old.refresh_from_db()
    old.save()
    response = client.get(f"/api/v1/gemeenten/GM0623{path}")
    assert response.status_code == 301
    assert response["Location"].endswith(f"/api/v1/gemeenten/GM0513{path}")
    codes = [one["code"] for one in client.get("/api/v1/gemeenten").json()["resultaten"]]
    assert "GM0623" not in codes


def test_likeness_is_told_in_sentences(published: Published, client: Client) -> None:
    path = "/api/v1/gemeenten/gouda/vergelijkbaar"
    found = client.get(path).json()
    [ede] = [one for one in found["resultaten"] if one["gemeente"]["naam"] == "Ede"]
    assert ede["deelt_praktijken"] is True
    assert "75.000 tegen 75.000 inwoners" in ede["redenen"]
    assert "buurgemeenten" in ede["redenen"]
    assert any("radicalisering" in text for text in ede["onbekend"])
    without = client.get(path, {"zonder": ["inwoners", "buurgemeente"]}).json()
    assert without["zonder"] == ["inwoners", "buurgemeente"]
    [ede] = [one for one in without["resultaten"] if one["gemeente"]["naam"] == "Ede"]
    assert ede["redenen"] == ["beide sterk stedelijk"]


def test_all_reasons_can_be_left_out() -> None:
    assert set(get_args(Without)) == {reason.value for reason in Reason}


def test_vocabularies_have_every_value_that_a_search_takes(
    published: Published, client: Client, no_limit: None
) -> None:
    Term.objects.filter(slug="lunch").update(is_active=False)
    Term.objects.get(slug="training").save()
    for one in client.get("/api/v1/woordenlijsten").json()["resultaten"]:
        found = client.get(one["url"]).json()
        for term in found["termen"]:
            response = client.get("/api/v1/praktijken", {one["naam"]: term["waarde"]})
            assert response.status_code == 200, (one["naam"], term)
    terms = client.get("/api/v1/woordenlijsten/vorm").json()["termen"]
    assert {term["waarde"]: term["actief"] for term in terms}["lunch"] is False
    assert client.get("/api/v1/woordenlijsten/gemeente").status_code == 404


@pytest.mark.parametrize("code", ["WW0109", "ww0109", "ww%2001%2009"])
def test_a_wegwijzer_is_found_however_its_code_is_written(
    published: Published, client: Client, code: str
) -> None:
    found = client.get(f"/api/v1/wegwijzers/{code}").json()
    assert found["code"] == "WW0109"
    assert [one["titel"] for one in found["praktijken"]] == ["Lunch", "Wijkoverleg"]


def test_wegwijzers_have_pages(
    published: Published, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(5):
        SignpostPageFactory()
    pages = list(walk(client, "/api/v1/wegwijzers", aantal=4))
    assert [len(page["resultaten"]) for page in pages] == [4, 2]
    with django_assert_max_num_queries(9):
        client.get("/api/v1/wegwijzers")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/v1/lessen", 4),
        ("/api/v1/lessen?q=tijd", 4),
        ("/api/v1/gemeenten", 7),
        ("/api/v1/gemeenten/gouda", 7),
        ("/api/v1/gemeenten/gouda/vergelijkbaar", 2),
        ("/api/v1/woordenlijsten/vorm", 2),
    ],
)
def test_answers_cost_few_queries(
    published: Published, client: Client, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)
