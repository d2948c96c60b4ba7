"""What a search box offers while somebody types."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from practices.indexes.practices import PRACTICES
from practices.models import HistoryEntry, Municipality, MunicipalityAlias, PracticePage
from search import engines
from search.indexing.rebuild import rebuild
from tests.factories import (
    MunicipalityFactory,
    PracticePageFactory,
    SignpostPageFactory,
    TermFactory,
)

Offers = list[tuple[str, str, str]]


def offers(client: Client, text: str) -> Offers:
    found = client.get("/aanvullen.json", {"q": text}).json()["offers"]
    return [(one["kind"], one["label"], one["url"]) for one in found]


def labels(client: Client, text: str) -> list[str]:
    return [label for _kind, label, _url in offers(client, text)]


def test_titles_are_found_by_any_of_their_words(gouda: Any, client: Client) -> None:
    PracticePageFactory(parent=gouda, title="Samen aan tafel", slug="samen")
    expected = [("Praktijk", "Samen aan tafel", "/gemeenten/gouda/samen/")]
    assert offers(client, "tafel sam") == expected
    assert offers(client, "SAMEN") == expected
    assert offers(client, "s") == []


def test_a_title_that_begins_so_comes_first(gouda: Any, client: Client) -> None:
    PracticePageFactory(parent=gouda, title="Aan tafel")
    PracticePageFactory(parent=gouda, title="Tafelgesprek")
    assert labels(client, "tafel") == ["Tafelgesprek", "Aan tafel"]


def test_municipalities_are_found_by_all_their_names(db: None, client: Client) -> None:
    place = MunicipalityFactory(name="'s-Gravenhage", slug="s-gravenhage")
    MunicipalityAlias.objects.create(municipality=place, name="Den Haag")
    for text in ("den h", "haag", "grav", "'s-gr"):
        [(kind, label, url)] = offers(client, text)
        assert kind == "Gemeente"
        assert "Den Haag" in label
        assert url == "/gemeenten/s-gravenhage/"


def test_a_municipality_leads_to_its_practices_or_to_its_page(gouda: Any, client: Client) -> None:
    assert offers(client, "goud") == [("Gemeente", "Gouda", "/gemeenten/gouda/")]
    PracticePageFactory(parent=gouda, title="Samen aan tafel")
    rebuild(PRACTICES)
    assert offers(client, "goud") == [("Gemeente", "Gouda", "/praktijken/?gemeente=gouda")]


def test_accents_don_t_matter(db: None, client: Client) -> None:
    MunicipalityFactory(name="Súdwest-Hage", slug="sudwest-hage")
    assert labels(client, "sudwest") == labels(client, "HAGE") == ["Súdwest-Hage"]


def test_terms_that_find_something_are_offered_with_their_facet(gouda: Any, client: Client) -> None:
    lunch = TermFactory(vocabulary="vorm", slug="lunch", label="Lunchbijeenkomst")
    TermFactory(vocabulary="vorm", slug="lunchpauze", label="Lunchpauze")
    rebuild(PRACTICES)
    assert offers(client, "lunch") == []
    PracticePageFactory(parent=gouda, title="Samen aan tafel", formats=[lunch])
    rebuild(PRACTICES)
    assert offers(client, "lunch") == [("Vorm", "Lunchbijeenkomst", "/praktijken/?vorm=lunch")]


def test_without_an_engine_pages_are_offered_and_no_searches(
    gouda: Any, client: Client, settings: Settings
) -> None:
    lunch = TermFactory(vocabulary="vorm", slug="goudlunch", label="Goudlunch")
    PracticePageFactory(parent=gouda, title="Goud waard", slug="goud", formats=[lunch])
    engines.forget()
    settings.SEARCH_URL = "tantivy:///nowhere"
    assert [url for _kind, _label, url in offers(client, "goud")] == [
        "/gemeenten/gouda/",
        "/gemeenten/gouda/goud/",
    ]
    engines.forget()


def test_a_search_code_is_offered_from_its_first_letters(db: None, client: Client) -> None:
    SignpostPageFactory(code="WW0109", title="Trainingen")
    for text in ("ww", "WW 01", "*ww0109*"):
        assert offers(client, text)[0] == (
            "WegWijzer",
            "WW0109 Trainingen",
            "/wegwijzers/ww0109/",
        )


def test_only_what_everybody_may_see_is_offered(gouda: Any, client: Client) -> None:
    PracticePageFactory(parent=gouda, title="Geheim concept", draft=True)
    locked = PracticePageFactory(parent=gouda, title="Geheim achter slot")
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    retired = PracticePageFactory(parent=gouda, title="Geheim archief")
    kind = HistoryEntry.Kind.RETIRED
    HistoryEntry.objects.create(page=retired, kind=kind, happened_at=timezone.now())
    assert labels(client, "geheim") == []
    PageViewRestriction.objects.all().delete()
    assert labels(client, "geheim") == ["Geheim achter slot"]


def test_a_kind_has_four_at_most_and_it_costs_four_queries(
    gouda: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        PracticePageFactory(parent=gouda, title=f"WW overleg {number}")
        MunicipalityFactory(name=f"Wwijk {number}")
    offers(client, "ww")
    with django_assert_max_num_queries(4):
        found = offers(client, "ww")
    assert [kind for kind, _label, _url in found] == ["Gemeente"] * 4 + ["Praktijk"] * 4


@pytest.mark.parametrize("query", ["", "q=", "q=%00%00%00", "q=%25%25", "q=__", "q=" + "x+" * 9000])
def test_whatever_is_typed_has_an_answer(gouda: Any, client: Client, query: str) -> None:
    PracticePageFactory(parent=gouda, title="Samen aan tafel")
    response = client.get("/aanvullen.json", QUERY_STRING=query)
    assert response.status_code == 200
    assert response.json() == {"offers": []}


def test_every_search_box_asks_for_them(gouda: Any, client: Client) -> None:
    for address in ("/praktijken/", "/gemeenten/gouda/"):
        html = client.get(address).content.decode()
        assert "practices/js/completion" in html
        assert "data-offers=" in html
    assert Municipality.objects.exists()
    assert not PracticePage.objects.exists()


def test_the_names_of_all_municipalities_are_asked_for_apart(client: Client, db: None) -> None:
    MunicipalityFactory(name="Ede")
    MunicipalityFactory(name="'s-Gravenhage")
    response = client.get("/gemeenten.json")
    assert response.json() == {"namen": ["Ede", "'s-Gravenhage"]}
    assert "max-age=86400" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
