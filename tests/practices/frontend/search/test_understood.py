"""Conditions in words are offered as filters, on the page and in JSON."""

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client

from benchmarks.quality import collection
from benchmarks.quality.judged import queries
from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory, SiteTree

ASKED = (
    "praktijken in Brabant",
    "kleine gemeenten in Drenthe",
    "wat niet werkte bij ouders",
    "training voor wijkagenten in Limburg sinds 2020",
    "theater op school",
    "gestopte trajecten in het oosten",
    "Utrecht",
)
LINE = "Bedoelt u misschien:"
Offer = dict[str, str | int]


@pytest.fixture
def judged(site_tree: SiteTree) -> None:
    call_command("reference", verbosity=0)
    collection.load()
    rebuild(PRACTICES)
    rebuild(LESSONS)


def offers(client: Client, text: str, **more: str) -> list[Offer]:
    found: list[Offer] = client.get("/praktijken.json", {"q": text, **more}).json()["understood"]
    return found


def followed(client: Client, address: str) -> int:
    path, question, query = address.partition("?")
    total: int = client.get(f"{path.rstrip('/')}.json{question}{query}").json()["total"]
    return total


def page(client: Client, text: str) -> str:
    html = client.get("/praktijken/", {"q": text}).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


@pytest.mark.usefixtures("judged")
def test_following_any_offer_gives_its_number(client: Client) -> None:
    asked = [*(query.text for query in queries()), *ASKED]
    offered = [one for text in asked for one in offers(client, text)]
    assert len(offered) > len(asked) / 2
    for one in offered:
        assert followed(client, str(one["url"])) == one["count"], one


@pytest.mark.usefixtures("judged")
def test_the_words_of_a_condition_become_its_filter(client: Client) -> None:
    (offer,) = offers(client, "praktijken in Brabant")
    assert (offer["name"], offer["value"]) == ("provincie", "noord-brabant")
    assert offer["label"] == "Provincie: Noord-Brabant"
    assert offer["url"] == "/praktijken/?provincie=noord-brabant"
    together, *alone = offers(client, "training in Limburg")
    assert together["name"] == "vorm+provincie"
    assert together["url"] == "/praktijken/?provincie=limburg&vorm=training"
    assert [one["name"] for one in alone] == ["vorm", "provincie"]
    assert alone[1]["url"] == "/praktijken/?q=training+in+Limburg&provincie=limburg"


@pytest.mark.usefixtures("judged")
def test_several_values_are_named_in_the_order_of_the_facet(client: Client) -> None:
    (offer,) = offers(client, "onder 50.000 inwoners")
    assert offer["value"] == "20000-50000,tot-20000"
    assert offer["label"] == (
        "Grootte van de gemeente: minder dan 20.000 inwoners of 20.000 tot 50.000 inwoners"
    )


@pytest.mark.usefixtures("judged")
def test_lessons_of_a_kind_are_offered(client: Client) -> None:
    (offer,) = offers(client, "wat niet werkte bij ouders")
    assert offer["url"] == "/lessen/?q=ouders&les=werkte-niet"
    assert offer["label"] == "Lessen: Werkte niet"
    assert not offers(client, "wat niet werkte bij xyzzy")


def test_practices_are_found_where_lessons_cannot_be(site_tree: SiteTree, client: Client) -> None:
    PracticePageFactory(title="Een avond voor ouders")
    rebuild(PRACTICES)
    found = client.get("/praktijken.json", {"q": "wat niet werkte bij ouders"}).json()
    assert found["total"] == 1
    assert found["understood"] == []


@pytest.mark.usefixtures("judged")
def test_the_page_offers_them_as_links_and_chooses_nothing(client: Client) -> None:
    shown = page(client, "praktijken in Brabant")
    assert LINE in shown
    assert 'href="/praktijken/?provincie=noord-brabant">Provincie: Noord-Brabant</a>' in shown
    assert 'Verwijder: </span><span class="chip__facet">Provincie' not in shown
    assert LINE not in page(client, "hooligans")


@pytest.mark.usefixtures("judged")
def test_other_choices_stay_and_what_is_chosen_is_offered_no_more(client: Client) -> None:
    (offer,) = offers(client, "praktijken in Brabant", vorm="training")
    assert offer["url"] == "/praktijken/?provincie=noord-brabant&vorm=training"
    assert not offers(client, "praktijken in Brabant", provincie="noord-brabant")
