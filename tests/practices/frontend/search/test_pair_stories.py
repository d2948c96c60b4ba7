"""What a pair brought and which goals were reached: with each result, and over all of them."""

from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.indexes.practices import PRACTICES
from practices.models import MunicipalityPage, PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.practices.indexes.pairs.conftest import Taught, give

CHOSEN = {"trainerspaar": "islam.rechts"}
ATTACK = '"><script>alert(1)</script>'


def search(client: Client, **parameters: Any) -> dict[str, Any]:
    data: dict[str, Any] = client.get("/praktijken.json", CHOSEN | parameters).json()
    return data


def page_of(client: Client, **parameters: Any) -> str:
    html = client.get("/praktijken/", CHOSEN | parameters).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def test_a_result_says_what_the_pair_brought_and_what_was_reached(
    taught: Taught, client: Client
) -> None:
    taught(
        "islam",
        "rechts",
        "politie",
        brought=["Rust in de groep.", "Voorbeelden.", "Niets van dit paar."],
        reached={"nuance": "ja", "signalen": "deels", "samenwerken": "niet_gemeten", "beleid": ""},
    )
    html = page_of(client)
    assert "<p><strong>Wat Islam + Rechts opleverde:</strong></p>" in html
    assert "<li>Islam: Rust in de groep.</li><li>Rechts: Voorbeelden.</li>" in html
    assert "Niets van dit paar" not in html
    for goal in ("Nuance (ja)", "Signalen (deels)", "Samenwerken (niet gemeten)"):
        assert goal in html
    assert "Beleid (niet bekend)" in html
    [result] = search(client)["results"]
    assert result["trainer_pairs"]["pairs"] == [
        {
            "value": "islam.rechts",
            "label": "Islam + Rechts",
            "brought": [
                {"expertise": "Islam", "text": "Rust in de groep."},
                {"expertise": "Rechts", "text": "Voorbeelden."},
            ],
        }
    ]
    assert result["trainer_pairs"]["goals"][1] == {
        "value": "signalen",
        "label": "Signalen",
        "reached": "deels",
    }


def test_what_was_not_written_down_is_said(taught: Taught, client: Client) -> None:
    taught("islam", "rechts")
    html = page_of(client)
    assert "<strong>Wat Islam + Rechts opleverde:</strong> niet opgeschreven" in html
    assert "<strong>Leerdoelen, en of ze gehaald zijn:</strong> niet bekend" in html
    assert "Nog niemand schreef op welke leerdoelen" in html


def test_each_of_several_pairs_is_told_where_a_practice_has_it(
    taught: Taught, client: Client
) -> None:
    taught("islam", "rechts", brought=["Rust.", "Voorbeelden."])
    taught("islam", "rechts", "politie", brought=["Kennis.", "", "Feiten."])
    both = {"trainerspaar": ["islam.rechts", "islam.politie"]}
    data = client.get("/praktijken.json", both).json()
    told = {
        tuple(pair["value"] for pair in one["trainer_pairs"]["pairs"]) for one in data["results"]
    }
    assert told == {("islam.rechts",), ("islam.politie", "islam.rechts")}
    assert "pair_goals" not in data, "a sum is of one pair"
    assert 'id="paar"' not in client.get("/praktijken/", both).content.decode()


def test_long_texts_are_cut_and_what_people_type_is_text(taught: Taught, client: Client) -> None:
    taught("islam", "rechts", brought=["woord " * 200, ATTACK])
    html = page_of(client)
    assert html.count("woord ") < 50
    assert "<script>alert" not in html
    [result] = search(client)["results"]
    assert len(result["trainer_pairs"]["pairs"][0]["brought"][0]["text"]) > 1_000


def test_goals_are_counted_over_all_pages_of_the_search(
    taught: Taught, place: MunicipalityPage, client: Client
) -> None:
    for how in ["ja"] * 15 + ["deels"] * 9 + [""]:
        give(PracticePageFactory(parent=place), ["islam", "rechts"], reached={"nuance": how})
    taught("islam", "rechts", reached={"nuance": "nee", "signalen": "ja"})
    taught("islam", "politie", reached={"nuance": "ja"})
    data = search(client)
    assert (data["total"], len(data["results"])) == (26, 20)
    nuance = {"ja": 15, "deels": 9, "nee": 1, "niet_gemeten": 0, "onbekend": 1}
    assert data["pair_goals"]["practices"] == 26
    assert [one["value"] for one in data["pair_goals"]["goals"]] == ["nuance", "signalen"]
    assert data["pair_goals"]["goals"][0]["reached"] == nuance
    html = page_of(client)
    assert "De leerdoelen van de 26 praktijken met dit trainerspaar:" in html
    assert "</a>: 15× gehaald, 9× deels, 1× niet gehaald, 1× niet bekend</li>" in html
    address = "/praktijken/?leerdoel=nuance&trainerspaar=islam.rechts"
    assert address.replace("&", "&amp;") in html
    assert client.get(address.replace("/?", ".json?")).json()["total"] == 26
    assert page_of(client, pagina="2").count("15× gehaald") == 1


def test_other_conditions_hold_for_the_sum_too(taught: Taught, client: Client) -> None:
    for how in ("ja", "nee"):
        taught("islam", "rechts", reached={"nuance": how})
    page = PracticePage.objects.order_by("pk").last()
    assert page is not None
    page.title = "Wijkoverleg"
    page.save()
    rebuild(PRACTICES)
    goals = search(client, q="wijkoverleg")["pair_goals"]["goals"]
    assert goals[0]["reached"]["nee"] == 1
    assert goals[0]["reached"]["ja"] == 0


def test_more_goals_than_three_unfold(taught: Taught, client: Client) -> None:
    taught("islam", "rechts", reached={f"doel-{number}": "ja" for number in range(5)})
    html = page_of(client)
    assert "<summary>Nog 2 leerdoelen</summary>" in html


@pytest.mark.parametrize("hidden", ["unpublished", "private"])
def test_what_is_not_public_any_more_is_not_told_nor_counted(
    taught: Taught, client: Client, hidden: str
) -> None:
    page = taught("islam", "rechts", brought=["Geheim."], reached={"nuance": "ja"})
    if hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        PracticePage.objects.filter(pk=page.pk).update(live=False)
    data = search(client)
    assert data["results"] == []
    assert data["pair_goals"]["goals"] == []
    html = page_of(client)
    assert "Geheim" not in html
    assert "gehaald" not in html.replace("gehaald zijn", "")


def test_a_pair_costs_one_query_however_many_practices_have_it(
    taught: Taught, client: Client
) -> None:
    taught("islam", "rechts", reached={"nuance": "ja"})
    page_of(client)

    def queries(**parameters: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/praktijken/", parameters)
        return len(captured)

    with_one = queries(**CHOSEN)
    assert with_one == queries() + 1
    for _ in range(4):
        taught("islam", "rechts", reached={"nuance": "ja", "signalen": "nee"}, brought=["A", "B"])
    assert queries(**CHOSEN) == with_one
    assert queries(expertise="islam") == with_one - 1
