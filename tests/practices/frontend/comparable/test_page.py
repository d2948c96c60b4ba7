"""The page with comparable municipalities: who stands there, why, and what may be left out."""

import html
import re
from urllib.parse import urlencode

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.indexes.practices import PRACTICES
from practices.models import MunicipalityPage, PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityPageFactory, PracticePageFactory
from tests.practices.indexes.likeness.conftest import Region

GOUDA = "/gemeenten/gouda/vergelijkbaar/"
REASONS = ("inwoners", "stedelijkheid", "provincie", "buurgemeente", "soort")
NASTY = [
    "\x00", "<script>alert(1)</script>", "' OR 1=1 --", "\ud800", "a" * 5_000, "{{ 7*7 }}", "Ⅷ",
    "provincie\x00", "\u202eprovincie",
]  # fmt: skip


def shown(client: Client, address: str = GOUDA, query: str = "") -> str:
    response = client.get(address, QUERY_STRING=query)
    assert response.status_code == 200
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def names(text: str) -> list[str]:
    """The municipalities, those with practices first, in the order of the page."""
    return [re.sub("<[^>]*>", "", heading) for heading in re.findall(r"<h3>(.*?)</h3>", text)]


def whys(text: str) -> dict[str, str]:
    """The sentences of each municipality."""
    found = re.findall(r'<h3>(.*?)</h3>\s*<p class="alike__why">(.*?)</p>', text)
    return {re.sub("<[^>]*>", "", name): html.unescape(why) for name, why in found}


def notices(text: str) -> list[str]:
    box = re.search(r'<div class="notice" role="status">(.*?)</div>', text)
    return [html.unescape(one) for one in re.findall(r"<p>(.*?)</p>", box[1])] if box else []


def test_the_most_alike_come_first_and_say_why(region: Region, client: Client) -> None:
    text = shown(client)
    assert names(text) == ["Delft", "Voorne", "Ede", "Tiel"]
    assert whys(text)["Delft"] == (
        "74.095 tegen 71.000 inwoners; beide zeer sterk stedelijk; beide in Zuid-Holland;"
        " buurgemeenten; beide rechtsextremisme."
    )
    assert whys(text)["Ede"] == "74.095 tegen 80.000 inwoners; beide zeer sterk stedelijk."


def test_what_is_not_known_is_said_and_never_a_bare_number(region: Region, client: Client) -> None:
    text = shown(client)
    assert (
        "Niet bekend, dus telt niet mee: stedelijkheid van Voorne; soort radicalisering in Voorne."
        in text
    )
    assert not re.search(r"\d+ ?%|0,\d|score", text)
    of_voorne = shown(client, "/gemeenten/voorne/vergelijkbaar/")
    own = "stedelijkheid van Voorne; soort radicalisering in Voorne."
    assert of_voorne.count(own) == 1, "said once, not at each municipality"
    assert not any("stedelijk" in why for why in whys(of_voorne).values())


def test_practices_stand_with_their_municipality_newest_first(
    region: Region, client: Client
) -> None:
    text = shown(client)
    links = re.findall(r'<li><a href="(/gemeenten/delft/[^"]+)">', text)
    newest = [page.slug for page in reversed(region.practices["delft"])][:3]
    assert links == [f"/gemeenten/delft/{slug}/" for slug in newest]
    assert '<a href="/praktijken/?gemeente=delft">Alle 5 praktijken van Delft</a>' in text
    assert "Alle 2 praktijken" not in text, "both of Ede stand there"
    assert text.index("Met praktijken") < text.index("Nog zonder praktijken") < text.index("Tiel")


@pytest.mark.parametrize(
    ("without", "gone"),
    [
        ("inwoners", "tegen 71.000 inwoners"),
        ("stedelijkheid", "beide zeer sterk stedelijk"),
        ("provincie", "beide in Zuid-Holland"),
        ("buurgemeente", "buurgemeenten"),
        ("soort", "beide rechtsextremisme"),
    ],
)
def test_each_reason_can_be_left_out(
    region: Region, client: Client, without: str, gone: str
) -> None:
    assert gone in whys(shown(client))["Delft"]
    text = shown(client, query=f"zonder={without}")
    assert gone not in whys(text)["Delft"]
    assert len(whys(text)["Delft"].split("; ")) == 4
    checked = re.findall(r'name="zonder" value="(\w+)" checked', text)
    assert (checked, notices(text)) == ([without], [])


def test_the_order_follows_what_is_left_out(region: Region, client: Client) -> None:
    assert names(shown(client, query="zonder=provincie&zonder=buurgemeente")) == [
        *("Ede", "Voorne", "Delft", "Tiel")
    ]
    assert names(shown(client, query="zonder=inwoners&zonder=stedelijkheid&zonder=soort")) == [
        *("Delft", "Voorne", "Tiel")
    ]


def test_the_search_beside_it_finds_the_practices_of_those_that_stand_there(
    region: Region, client: Client
) -> None:
    rebuild(PRACTICES)
    for query in ("", "zonder=provincie", "zonder=inwoners&zonder=stedelijkheid&zonder=soort"):
        text = shown(client, query=query)
        [address] = re.findall(r'<p class="more"><a href="(/praktijken/\?[^"]+)">Zoek in', text)
        assert ("vergelijkbaar=gouda" in address) == (not query)
        found = client.get(html.unescape(address).replace("/?", ".json?")).json()
        with_practices = [name for name in names(text) if name.lower() in region.practices]
        assert {one["municipality"]["name"] for one in found["results"]} == set(with_practices)


def test_without_any_reason_there_is_nothing_to_compare(region: Region, client: Client) -> None:
    text = shown(client, query=urlencode({"zonder": REASONS}, doseq=True))
    assert names(text) == []
    assert notices(text) == ["U liet alles weg. Houd iets over om gemeenten op te vergelijken."]


@pytest.mark.parametrize("value", NASTY)
def test_a_wrong_value_is_left_out_and_said(region: Region, client: Client, value: str) -> None:
    text = shown(client, query=urlencode({"zonder": value}, errors="surrogatepass"))
    assert names(text) == names(shown(client))
    said, known = notices(text)
    assert said.startswith("Zonder: wij kennen “")
    assert known == ("U kunt weglaten: inwoners, stedelijkheid, provincie, buurgemeente en soort.")
    assert "<script>alert" not in text


def test_other_parameters_are_said_and_many_are_cut(region: Region, client: Client) -> None:
    assert "utm" in notices(shown(client, query="utm=1"))[0]
    many = "&".join(f"zonder=onzin{number}" for number in range(500))
    assert any("50" in one for one in notices(shown(client, query=many)))
    assert notices(shown(client, query="zonder=")) == []
    assert names(shown(client, query="zonder= Provincie &zonder=provincie"))


def test_an_unknown_municipality_is_not_found(region: Region, client: Client) -> None:
    for slug in ("nergens", "Gouda", "gouda-", "0"):
        assert client.get(f"/gemeenten/{slug}/vergelijkbaar/").status_code == 404
    assert client.post(GOUDA).status_code == 405


def test_a_municipality_without_a_page_can_be_compared(region: Region, client: Client) -> None:
    text = shown(client, "/gemeenten/tiel/vergelijkbaar/")
    assert names(text)[0] == "Delft"
    assert client.get("/gemeenten/tiel/").status_code == 200
    assert '<a href="/gemeenten/tiel/">Tiel</a>' in text
    assert '<h3><a href="/gemeenten/tiel/">Tiel</a></h3>' in shown(client)


def test_a_municipality_that_merged_is_not_compared_and_leads_on(
    region: Region, client: Client
) -> None:
    delft = region.places["delft"]
    delft.merged_into = region.places["ede"]
    delft.save()
    assert "Delft" not in names(shown(client))
    answer = client.get("/gemeenten/delft/vergelijkbaar/?zonder=provincie")
    assert (answer.status_code, answer["Location"]) == (
        301,
        "/gemeenten/ede/vergelijkbaar/?zonder=provincie",
    )


def test_only_what_everybody_may_see_and_is_in_practice_counts(
    region: Region, client: Client
) -> None:
    tiel = MunicipalityPageFactory(municipality=region.places["tiel"])
    PracticePageFactory(
        parent=tiel, draft=True, title="Geheim", terms={"radicalisation_types": ["polarisatie"]}
    )
    assert names(shown(client))[-1] == "Tiel"
    assert "Geheim" not in shown(client)
    region.practices["ede"][0].unpublish()
    region.practices["ede"][1].unpublish()
    assert names(shown(client)) == ["Delft", "Voorne", "Tiel", "Ede"]


def test_it_takes_few_queries_however_many_there_are(region: Region, client: Client) -> None:
    shown(client)
    with CaptureQueriesContext(connection) as few:
        shown(client)
    for number in range(6):
        region.add(f"Dorp {number}", 4, ("rechtsextremisme",), inhabitants=74_000, urbanity=1)
    shown(client)
    with CaptureQueriesContext(connection) as many:
        shown(client)
    assert len(names(shown(client))) == 10
    assert len(many) == len(few)


def test_the_page_of_the_municipality_leads_to_it(region: Region, client: Client) -> None:
    assert f'href="{GOUDA}"' in client.get("/gemeenten/gouda/").content.decode()


def test_no_practice_takes_its_address(region: Region, client: Client) -> None:
    page = MunicipalityPage.objects.get(slug="gouda")
    made = page.add_child(instance=PracticePage(title="Vergelijkbaar", summary="Toch anders."))
    assert made.slug == "vergelijkbaar-2"
