"""Practices of the API: what is in them, what never is, and from page to page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.indexes.practices import PRACTICES
from practices.models import HistoryEntry, PracticePage, Term
from search import engines
from search.engines import engine_for
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.indexes import lose
from tests.practices.api.conftest import Published, walk

PRACTICES_PATH = "/api/v1/praktijken"
LISTS = [
    PRACTICES_PATH,
    f"{PRACTICES_PATH}?vorm=training",
    f"{PRACTICES_PATH}?q=praktijk",
    "/api/v1/lessen",
    "/api/v1/gemeenten",
    "/api/v1/wegwijzers",
    "/api/v1/wegwijzers/WW0109",
    "/api/v1/gemeenten/gouda/vergelijkbaar",
    "/praktijken.json",
]


def titles(client: Client, **query: Any) -> list[str]:
    return [
        one["titel"] for page in walk(client, PRACTICES_PATH, **query) for one in page["resultaten"]
    ]


def test_a_practice_has_all_that_its_page_has(published: Published, client: Client) -> None:
    practice = published.practices[0]
    found = client.get(f"{PRACTICES_PATH}/{practice.pk}").json()
    assert found["titel"] == "Wijkoverleg"
    assert found["gemeente"]["code"] == "GM0513"
    assert found["periode"] == "2007–2009"
    assert found["lengte"] == {"aantal": 2, "eenheid": "dagdeel"}
    assert [term["waarde"] for term in found["doelgroep"]] == ["target-groups-1", "target-groups-2"]
    assert found["trainers"][0]["aanbieder"]["waarde"] == "uitvoering-1"
    assert [one["les"] for one in found["lessen"]] == ["werkte", "werkte-niet", "tip"]
    assert [one["bereikt"] for one in found["leerdoelen"]] == ["deels", None]
    assert found["documenten"][0]["soort"] == "PDF"
    assert found["wegwijzers"][0]["code"] == "WW0109"
    assert len(found["partnergemeenten"]) == 2
    assert found["contact"].endswith("/gemeenten/gouda/wijkoverleg/contact/")
    assert client.get(f"{PRACTICES_PATH}/{published.practices[1].pk}").json()["contact"] is None
    assert client.get(PRACTICES_PATH).json()["resultaten"][0] == found


def test_nobody_gets_the_address_or_the_name_of_a_contact(
    published: Published, client: Client
) -> None:
    for path in (*LISTS, f"{PRACTICES_PATH}/{published.practices[0].pk}"):
        text = client.get(path).content.decode()
        assert "kim@gemeente.example" not in text
        assert "Kim de Vries" not in text


@pytest.mark.parametrize("how", ["unpublished", "private", "private above"])
def test_what_is_not_public_is_nowhere(published: Published, client: Client, how: str) -> None:
    practice, above = published.practices[0], published.gouda
    if how == "unpublished":
        PracticePage.objects.filter(pk=practice.pk).update(live=False)
    else:
        page = practice if how == "private" else above
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    for path in LISTS:
        response = client.get(path)
        assert response.status_code == 200
        for word in ("Wijkoverleg", "Dit werkte goed.", "/wijkoverleg/"):
            assert word not in response.content.decode()
    assert client.get(f"{PRACTICES_PATH}/{practice.pk}").status_code == 404


def test_a_reader_gets_each_practice_once_while_others_come_and_go(
    published: Published, client: Client
) -> None:
    for number in range(20):
        PracticePageFactory(parent=published.ede, title=f"Extra {number}")
    stays = set(PracticePage.objects.values_list("pk", flat=True))
    seen: list[int] = []
    for number, page in enumerate(walk(client, PRACTICES_PATH, aantal=3)):
        seen += [one["id"] for one in page["resultaten"]]
        # One that was read goes, one that is still to come goes, and something new comes.
        read = seen[-1] if number % 2 else seen[-2]
        gone = {read, max(stays - set(seen), default=read)}
        PracticePage.objects.filter(pk__in=gone).update(live=False)
        stays -= gone
        if number < 4:
            PracticePageFactory(parent=published.gouda, title=f"Nieuw {number}")
    assert len(seen) == len(set(seen))
    assert stays <= set(seen)


@pytest.mark.parametrize("query", [{"q": "praktijk"}, {"sorteer": "gemeente"}])
def test_a_search_goes_on_after_what_is_still_found(
    published: Published, client: Client, query: dict[str, str]
) -> None:
    for number in range(8):
        PracticePageFactory(parent=published.ede, title=f"Een praktijk {number}")
    rebuild(PRACTICES)
    first = client.get(PRACTICES_PATH, {**query, "aantal": "4"}).json()
    every = titles(client, **query)
    assert [one["titel"] for one in first["resultaten"]] == every[:4]
    gone = PracticePage.objects.filter(pk__in=[one["id"] for one in first["resultaten"][1:]])
    gone.update(live=False)
    rebuild(PRACTICES, may_shrink=True)
    second = client.get(first["volgende"]).json()
    assert [one["titel"] for one in second["resultaten"]] == every[4:8]
    PracticePage.objects.filter(pk=first["resultaten"][0]["id"]).update(live=False)
    rebuild(PRACTICES)
    refused = client.get(first["volgende"])
    assert refused.status_code == 400
    assert "Begin opnieuw" in refused.json()["detail"]


def test_the_api_finds_what_the_page_finds(published: Published, client: Client) -> None:
    for query in (
        {"vorm": "training"},
        {"q": "wijkoverleg"},
        {"vorm": ["training", "lunch"], "gemeente": "gouda"},
        {"jaar": "2008-2010"},
        {"provincie": "gelderland", "sorteer": "nieuwste"},
        {"vergelijkbaar": "gouda"},
    ):
        page = client.get("/praktijken.json", query).json()
        found = client.get(PRACTICES_PATH, query).json()
        assert found["totaal"] == page["total"]
        assert {one["id"] for one in found["resultaten"]} == {one["id"] for one in page["results"]}


def test_the_archive_comes_only_to_who_asks_for_it(published: Published, client: Client) -> None:
    practice = published.practices[1]
    HistoryEntry.objects.create(
        page=practice, kind=HistoryEntry.Kind.RETIRED, happened_at=timezone.now()
    )
    rebuild(PRACTICES)
    assert titles(client) == ["Wijkoverleg", "Jongerenwerk"]
    assert titles(client, status="gearchiveerd") == ["Lunch"]
    assert client.get(f"{PRACTICES_PATH}/{practice.pk}").json()["gearchiveerd"] is True


@pytest.mark.parametrize("query", [{}, {"q": "lunch"}])
def test_a_harvester_asks_for_what_changed(
    published: Published, client: Client, query: dict[str, str]
) -> None:
    now = timezone.now()
    PracticePage.objects.filter(pk=published.practices[1].pk).update(last_published_at=now)
    since = (now - timedelta(minutes=1)).isoformat()
    assert titles(client, gewijzigd_sinds=since, **query) == ["Lunch"]
    assert titles(client, gewijzigd_sinds="2100-01-01", **query) == []
    # A plus that was not written as %2B.
    response = client.get(PRACTICES_PATH, QUERY_STRING=f"gewijzigd_sinds={since}")
    assert response.json()["totaal"] == 1


@pytest.mark.parametrize(
    ("query", "most"), [("", 8), ("?vorm=training", 6), ("?vorm=training&aantal=100", 6)]
)
def test_a_page_costs_few_queries(
    published: Published, client: Client, query: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        PracticePageFactory(parent=published.ede, terms={"formats": ["training"]})
    rebuild(PRACTICES)
    client.get(PRACTICES_PATH + query)
    with django_assert_max_num_queries(most):
        client.get(PRACTICES_PATH + query)


def test_a_value_that_was_renamed_leads_to_the_present_one(
    published: Published, client: Client
) -> None:
    term = Term.objects.get(slug="training")
    term.slug = "cursus"
    term.save()
    response = client.get(PRACTICES_PATH, {"vorm": "training", "aantal": "5"})
    assert response.status_code == 301
    assert response["Location"] == f"{PRACTICES_PATH}?aantal=5&vorm=cursus"


def test_a_search_code_is_told(published: Published, client: Client) -> None:
    [notice] = client.get(PRACTICES_PATH, {"q": "ww 01 09"}).json()["meldingen"]
    assert notice.endswith("/wegwijzers/ww0109/")


def test_without_an_engine_the_search_says_so_and_the_rest_goes_on(
    published: Published, client: Client
) -> None:
    lose(engine_for(PRACTICES))
    engines.forget()
    response = client.get(PRACTICES_PATH, {"vorm": "training"})
    assert response.status_code == 503
    assert response["Retry-After"] == "120"
    assert "Zonder voorwaarden" in response.json()["detail"]
    assert client.get(PRACTICES_PATH).status_code == 200
    assert client.get("/api/v1/lessen").status_code == 200
