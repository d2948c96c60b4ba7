"""The map of a search."""

from typing import Any

import html5lib
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from practices.frontend.search.map import EMPTY, radius_of
from practices.indexes.practices import PRACTICES
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory

MAP = "/praktijken/kaart/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def places(db: None) -> None:
    """Gouda with three practices, Ede with one in Gelderland, Delft with none."""
    for name, x, y, province, number in (
        ("Gouda", 108_000, 447_000, "PV28", 3),
        ("Ede", 174_000, 450_000, "PV25", 1),
        ("Delft", 84_000, 447_000, "PV28", 0),
    ):
        place = MunicipalityFactory(name=name, slug=name.lower(), x=x, y=y, province=province)
        home = MunicipalityPageFactory(municipality=place)
        for title in range(number):
            PracticePageFactory(parent=home, title=f"{name} {title}")
    rebuild(PRACTICES)


def drawn(client: Client, **chosen: str) -> tuple[dict[str, str], list[str]]:
    """The addresses of the dots by what they are called, and the names of the others."""
    document = html5lib.parse(client.get(MAP, chosen).content.decode(), namespaceHTMLElements=False)
    links = {link.get("aria-label", ""): link.get("href", "") for link in document.iter(f"{SVG}a")}
    empty = [
        circle.findtext(f"{SVG}title", "")
        for circle in document.iter(f"{SVG}circle")
        if circle.get("class") == "map__empty"
    ]
    return links, empty


def table(client: Client, **chosen: str) -> dict[str, int]:
    document = html5lib.parse(client.get(MAP, chosen).content.decode(), namespaceHTMLElements=False)
    rows = document.findall(".//table/tbody/tr")
    return {row.findtext("th/a", ""): int(row.findtext("td", "")) for row in rows}


def test_each_municipality_has_a_dot_and_those_with_practices_a_link(
    places: None, client: Client
) -> None:
    links, empty = drawn(client)
    assert links == {
        "Gouda: 3 praktijken": "/praktijken/?gemeente=gouda",
        "Ede: 1 praktijk": "/praktijken/?gemeente=ede",
    }
    assert empty == ["Delft: 0"]


def test_the_table_says_the_same(places: None, client: Client) -> None:
    assert list(table(client).items()) == [("Gouda", 3), ("Ede", 1)]


def test_a_dot_gives_exactly_its_count_within_the_search(places: None, client: Client) -> None:
    links, _empty = drawn(client, q="gouda")
    for label, address in links.items():
        found = client.get(address.replace("/praktijken/", "/praktijken.json", 1)).json()
        assert label.startswith(f"Gouda: {found['total']} ")
    assert set(links) == {"Gouda: 3 praktijken"}


def test_provinces_lead_to_the_map_of_them(places: None, client: Client) -> None:
    html = client.get(MAP, {"q": "gouda"}).content.decode()
    assert 'href="/praktijken/kaart/?q=gouda&amp;provincie=zuid-holland"' in html
    assert table(client, provincie="gelderland") == {"Ede": 1}


def test_a_chosen_municipality_still_shows_the_others(places: None, client: Client) -> None:
    assert table(client, gemeente="ede") == {"Gouda": 3, "Ede": 1}


def test_without_practices_there_is_no_empty_map_but_a_way_on(places: None, client: Client) -> None:
    html = client.get(MAP, {"q": "xyzzy"}).content.decode()
    assert "<circle" not in html
    assert '<a href="/praktijken/kaart/">Wis alles</a>' in html


def test_what_is_not_understood_is_said(places: None, client: Client) -> None:
    html = client.get(MAP, {"provincie": "atlantis"}).content.decode()
    assert "atlantis" in html
    assert client.get(MAP, QUERY_STRING="q=%00%ED%A0%80&pagina=-4&x=y").status_code == 200


def test_it_costs_four_queries_however_much_is_found(
    places: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(MAP)
    with django_assert_max_num_queries(4):
        client.get(MAP, {"q": "gouda"})


def test_without_a_search_engine_the_municipalities_are_listed(db: None, client: Client) -> None:
    MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    html = client.get(MAP).content.decode()
    assert "Zoeken lukt nu niet" in html
    assert 'href="/gemeenten/gouda/"' in html


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_practices_are_no_smaller_dot(one: int, other: int) -> None:
    smaller, larger = sorted((one, other))
    assert EMPTY <= radius_of(smaller) <= radius_of(larger)
