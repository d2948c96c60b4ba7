"""“Welke gemeente?”: it stays in the address, and changes the order and what results say."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from search.indexing.rebuild import rebuild
from tests import indexes
from tests.factories import MunicipalityFactory
from tests.practices.indexes.likeness.conftest import make_region

ADDRESSES = ("/praktijken/", "/praktijken/kaart/", "/praktijken/witte-vlekken/")


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The region and its index, for all tests of this module."""
    folder = tmp_path_factory.mktemp("own")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        make_region()
        rebuild(PRACTICES)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(filled: None, db: None) -> None:
    """Gouda and its like, of whom each test may change something."""


def shown(client: Client, query: str, address: str = "/praktijken/") -> str:
    response = client.get(f"{address}?{query}")
    assert response.status_code == 200
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return html.unescape(text)


def data(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"/praktijken.json?{query}").content)
    return found


def municipalities(found: dict[str, Any]) -> list[str]:
    return [one["municipality"]["name"] for one in found["results"]]


def test_the_most_alike_come_first_and_the_newest_of_them(places: None, client: Client) -> None:
    plain, own = data(client, ""), data(client, "mijn=gouda")
    assert set(municipalities(own)[:8]) == {"Delft", "Voorne", "Ede"}
    newest = [one["id"] for one in plain["results"]]
    grades = [slug.facts.slug for slug in registers.current().likeness.comparable("gouda")]
    assert grades == ["delft", "voorne", "ede"]
    found = [one["id"] for one in own["results"]]
    for some in (["Delft", "Voorne", "Ede"], ["Urk", "Gouda"]):
        ids = [one["id"] for one in own["results"] if one["municipality"]["name"] in some]
        assert ids == [key for key in newest if key in ids]
    assert sorted(found) == sorted(newest)


@pytest.mark.parametrize(
    "query", ["", "q=doet", "q=rechtsextremisme+xyzzy", "gemeente=urk&gemeente=ede"]
)
def test_only_the_order_changes(places: None, client: Client, query: str) -> None:
    plain, own = data(client, query), data(client, f"{query}&mijn=gouda")

    def counts(found: dict[str, Any]) -> list[Any]:
        return [[(o["value"], o["count"]) for o in one["options"]] for one in found["facets"]]

    assert (own["total"], own["pages"], own["notices"]) == (plain["total"], plain["pages"], [])
    assert counts(own) == counts(plain)
    ids, others = ([one["id"] for one in found["results"]] for found in (own, plain))
    assert sorted(ids) == sorted(others)
    assert ids != others


def test_an_order_that_was_chosen_stays(places: None, client: Client) -> None:
    plain, own = (data(client, f"sorteer=nieuwste{more}") for more in ("", "&mijn=gouda"))
    assert [one["id"] for one in own["results"]] == [one["id"] for one in plain["results"]]
    text = shown(client, "sorteer=nieuwste&mijn=gouda")
    assert "Bij praktijken van vergelijkbare gemeenten leest u waarom." in text
    assert '<option value="nieuwste" selected>' in text


def test_each_result_says_why_it_is_like_it(places: None, client: Client) -> None:
    found = data(client, "mijn=gouda")["results"]
    said = {one["municipality"]["name"]: one.get("comparable") for one in found}
    assert said["Urk"] is None
    assert said["Gouda"] is None
    assert said["Ede"] == [
        {
            "value": "gouda",
            "name": "Gouda",
            "reasons": ["74.095 tegen 80.000 inwoners", "beide zeer sterk stedelijk"],
            "unknown": [],
        }
    ]
    text = shown(client, "mijn=gouda")
    assert "<strong>Vergelijkbaar met Gouda:</strong> 74.095 tegen 80.000 inwoners;" in text
    assert "Niet bekend" not in text


def test_the_page_says_for_whom_it_is_and_how_to_end_that(places: None, client: Client) -> None:
    text = shown(client, "q=doet&vorm=&mijn=Gouda&pagina=1")
    assert "U bekijkt dit voor <strong>Gouda</strong>." in text
    assert 'href="/praktijken/?q=doet" data-forget' in text
    assert '<input type="hidden" name="mijn" value="gouda">' in text
    assert 'id="mijn"' not in text
    assert 'rel="canonical" href="http://localhost:8000/praktijken/?q=doet"' in text


def test_every_link_to_the_search_keeps_it(places: None, client: Client) -> None:
    text = shown(client, "q=doet&vorm=x&gemeente=delft&mijn=gouda")
    links = set(re.findall(r'href="(/praktijken[^"]*\?[^"]*)"', text))
    without = {link for link in links if "mijn=gouda" not in link}
    assert without == {
        "/praktijken/?q=doet&gemeente=delft",
        "/praktijken.atom?q=doet&gemeente=delft",
    }
    assert len(links) > 8
    response = client.get("/praktijken/?mijn=den-haag&mijn=GOUDA")
    assert response["HX-Push-Url"] == "/praktijken/?mijn=gouda"


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_the_search_carry_it_on(places: None, client: Client, address: str) -> None:
    text = shown(client, "q=doet&mijn=gouda", address)
    back = re.findall(r'href="(/praktijken/\?[^"]*)"', text)
    assert any("mijn=gouda" in link for link in back)
    assert "“mijn”" not in text


def test_the_list_of_all_options_goes_back_with_it(places: None, client: Client) -> None:
    text = shown(client, "q=doet&mijn=gouda", "/praktijken/kies/gemeente/")
    assert 'href="/praktijken/?q=doet&mijn=gouda"' in text
    assert text.count('<input type="hidden" name="mijn" value="gouda">') == 2


def test_a_name_that_is_none_is_said_with_the_nearest_and_loses_nothing(
    places: None, client: Client
) -> None:
    text = shown(client, "q=doet&gemeente=delft&mijn=Gouwda")
    assert "Wij kennen de gemeente “Gouwda” niet. Bedoelt u een van deze?" in text
    assert 'href="/praktijken/?q=doet&gemeente=delft&mijn=gouda">Gouda</a>' in text
    assert 'value="Gouwda"' in text
    found = data(client, "q=doet&gemeente=delft&mijn=Gouwda")
    assert found["notices"] == ["Wij kennen de gemeente “Gouwda” niet. Bedoelt u Gouda?"]
    assert found["total"] == 5
    assert data(client, "mijn=qqqqqq")["notices"] == ["Wij kennen de gemeente “qqqqqq” niet."]


def test_a_name_of_two_asks_which(places: None, client: Client) -> None:
    for name, slug in (("Bergen (L.)", "bergen-l"), ("Bergen (NH.)", "bergen-nh")):
        MunicipalityFactory(name=name, slug=slug)
    registers.forget()
    [said] = data(client, "mijn=Bergen")["notices"]
    assert said == ("Meer dan één gemeente heet “Bergen”. Bedoelt u Bergen (L.) of Bergen (NH.)?")


@pytest.mark.parametrize(
    "nasty", ["%00", "%3Cscript%3Ealert(1)%3C/script%3E", "%ED%A0%80", "a" * 5_000, "%E2%80%AEx"]
)
def test_whatever_is_typed_is_answered(places: None, client: Client, nasty: str) -> None:
    text = client.get(f"/praktijken/?mijn={nasty}").content.decode()
    assert "<script>alert" not in text
    assert "9 praktijken" in text or "10 praktijken" in text


def test_the_question_is_asked_where_nothing_was_chosen(places: None, client: Client) -> None:
    text = shown(client, "")
    assert "Welke gemeente?" in text
    assert '<datalist id="gemeenten"></datalist>' in text, "names are asked for apart"
    assert "U bekijkt dit voor" not in text


def test_who_is_like_nobody_reads_that(places: None, client: Client) -> None:
    MunicipalityFactory(
        name="Ameland", slug="ameland", inhabitants=300, urbanity=5, province="PV21"
    )
    registers.forget()
    assert "Nog geen vergelijkbare gemeente heeft een praktijk gedeeld." in shown(
        client, "mijn=ameland"
    )


def test_the_table_has_the_same_order_and_the_feed_its_own(places: None, client: Client) -> None:
    def rows(query: str) -> list[str]:
        answer = client.get(f"/praktijken.csv?{query}")
        return b"".join(answer).decode().splitlines()

    titles = [one["title"] for one in data(client, "mijn=gouda")["results"]]
    assert [row.split(";")[0] for row in rows("mijn=gouda")[1:]] == titles
    assert sorted(rows("mijn=gouda")) == sorted(rows(""))
    feed, plain = (client.get(f"/praktijken.atom{query}").content for query in ("?mijn=gouda", ""))
    assert feed == plain
    assert client.get("/volgen/?q=doet&mijn=gouda").content.count(b"mijn=") == 0


def test_a_municipality_costs_no_query_more_once_the_likeness_is_known(
    places: None, client: Client
) -> None:
    for query in ("mijn=gouda", "q=doet&mijn=gouda"):
        client.get(f"/praktijken/?{query}")
        with CaptureQueriesContext(connection) as own:
            client.get(f"/praktijken/?{query}")
        with CaptureQueriesContext(connection) as plain:
            client.get(f"/praktijken/?{query.replace('mijn=gouda', '')}")
        assert len(own) == len(plain)
