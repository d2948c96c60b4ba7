"""What a visitor sees where few practices have all words: those, and what comes near."""

import html5lib
import pytest
from django.test import Client

from practices.indexes.practices import PRACTICES
from practices.models import PracticePage, SynonymGroup
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory

TITLES = (
    "Wijkoverleg in de moskee",
    "Wijkoverleg in de bibliotheek",
    "Training voor <b>wethouders</b>",
    "Lunch met de imam",
)
HEADING = "Niet al uw woorden, wel in de buurt"


@pytest.fixture
def practices(db: None) -> list[PracticePage]:
    parent = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    made = [PracticePageFactory(parent=parent, title=title, start_year=2009) for title in TITLES]
    rebuild(PRACTICES)
    return made


def page(client: Client, text: str, **more: str) -> str:
    response = client.get("/praktijken/", {"q": text, **more})
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    return response.content.decode()


def results(client: Client, text: str, **more: str) -> list[tuple[str, list[str]]]:
    found = client.get("/praktijken.json", {"q": text, **more}).json()
    assert found["total"] == len(found["results"])
    return [(one["title"], one["missing"]) for one in found["results"]]


def test_what_has_all_words_comes_first_and_the_rest_says_what_it_lacks(
    practices: list[PracticePage], client: Client
) -> None:
    assert results(client, "hoe gaat een wijkoverleg in de Moskee?") == [
        (TITLES[0], []),
        (TITLES[1], ["Moskee"]),
    ]
    shown = page(client, "hoe gaat een wijkoverleg in de Moskee?")
    assert shown.index(TITLES[0].split()[0]) < shown.index(HEADING)
    assert shown.index(HEADING) < shown.index("Zonder: Moskee")
    assert "1 praktijk heeft al uw woorden." in shown


def test_where_nothing_has_all_words_that_is_said(
    practices: list[PracticePage], client: Client
) -> None:
    shown = page(client, "wijkoverleg wethouders")
    assert "Geen praktijk heeft al uw woorden." in shown
    assert HEADING in shown
    assert len(results(client, "wijkoverleg wethouders")) == 3


def test_in_another_order_nothing_stands_apart(
    practices: list[PracticePage], client: Client
) -> None:
    shown = page(client, "wijkoverleg moskee", sorteer="nieuwste")
    assert HEADING not in shown
    assert "missen een of meer van uw woorden" in shown
    assert "Zonder: moskee" in shown


def test_where_all_have_all_words_nothing_is_said(
    practices: list[PracticePage], client: Client
) -> None:
    shown = page(client, "wethouders training")
    assert HEADING not in shown
    assert "Zonder:" not in shown
    assert results(client, "wethouders training") == [(TITLES[2], [])]


def test_to_what_nothing_comes_near_the_page_says_so(
    practices: list[PracticePage], client: Client
) -> None:
    assert "Geen praktijk lijkt op wat u zoekt." in page(client, "recept appeltaart")
    assert results(client, "recept appeltaart") == []


def test_a_typing_error_is_corrected_before_anything_comes_near(
    practices: list[PracticePage], client: Client
) -> None:
    assert results(client, "wijkoverleg moskeee") == results(client, "wijkoverleg moskee")
    assert results(client, "wijkoverleg +moskeee")[0][1] == ["moskeee"]
    shown = page(client, "wijkoverleg moskeee")
    assert "Gezocht met ‘moskee’ in plaats van ‘moskeee’." in shown
    assert "Zoek toch naar ‘moskeee’" in shown
    assert "in plaats van" not in page(client, "wijkoverleg +moskeee")


def test_without_a_word_more_is_found_and_the_page_says_how_much(
    practices: list[PracticePage], client: Client
) -> None:
    found = client.get("/praktijken.json", {"q": "wijkoverleg moskee lunch paspoort"}).json()
    for one in found["relaxations"]:
        path, _mark, query = one["url"].partition("?")
        there = client.get(f"/praktijken.json?{query}").json()
        assert (path, there["total"]) == ("/praktijken/", one["total"])


def test_what_a_practice_lacks_is_text(practices: list[PracticePage], client: Client) -> None:
    shown = page(client, "wijkoverleg l'eau<script>")
    assert "<script>alert" not in shown
    assert "Zonder: l&#x27;eau, script" in shown


def test_what_editors_call_nearly_the_same_comes_near(
    practices: list[PracticePage], client: Client
) -> None:
    assert results(client, "gebedshuis") == []
    SynonymGroup.objects.create(words="gebedshuis\nmoskee", kind=SynonymGroup.Kind.LIKE)
    assert results(client, "gebedshuis") == [(TITLES[0], ["gebedshuis"])]


def test_what_editors_call_the_same_is_the_same(
    practices: list[PracticePage], client: Client
) -> None:
    SynonymGroup.objects.create(words="gebedshuis\nmoskee")
    assert results(client, "gebedshuis") == [(TITLES[0], [])]


def test_a_broader_word_comes_near_from_both_sides(
    practices: list[PracticePage], client: Client
) -> None:
    words = "geestelijke\nimam\ndominee"
    SynonymGroup.objects.create(words=words, kind=SynonymGroup.Kind.BROADER)
    assert results(client, "geestelijke") == [(TITLES[3], ["geestelijke"])]
    assert results(client, "dominee") == []
