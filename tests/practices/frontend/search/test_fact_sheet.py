"""The fact sheet's own questions, asked of the demo content, and all that a search box offers."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from search.indexing.rebuild import rebuild
from tests import indexes


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The site as `make run` fills it."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        call_command("reference", verbosity=0)
        call_command("demo", verbosity=0)
        rebuild(PRACTICES)
        rebuild(LESSONS)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("demo", "db")


BEGINNINGS = [f"{one}{other}" for one in ascii_lowercase for other in "aeiouy"] + ["ww", "den "]


def places(**parameters: str) -> set[str]:
    found = Client().get("/praktijken.json", parameters).json()
    return {result["municipality"]["name"] for result in found["results"]}


def test_youth_workers_are_found_in_rotterdam_and_amsterdam() -> None:
    assert {"Rotterdam", "Amsterdam"} <= places(q="jongerenwerkers")


def test_zat_is_found_in_zoetermeer() -> None:
    assert "Zoetermeer" in places(q="ZAT")
    assert "Zoetermeer" in places(q="zorgadviesteam")


def test_lunch_meetings_are_found_in_the_hague() -> None:
    assert places(vorm="lunchbijeenkomst") == {"'s-Gravenhage (Den Haag)"}
    assert "'s-Gravenhage (Den Haag)" in places(q="Den Haag")


def test_right_wing_radicalisation_finds_right_wing_extremism() -> None:
    assert places(q="rechtsradicalisering") == places(q="rechtsextremisme") != set()


@pytest.mark.parametrize("box", ["/zoek/", "/praktijken/"])
@pytest.mark.parametrize("code", ["WW0109", "ww0109", "*WW0109*", " Ww 01 09 ", "* ww0109 *"])
def test_a_search_code_leads_from_any_box_to_its_overview(box: str, code: str) -> None:
    response = Client().get(box, {"q": code})
    assert response.headers["Location"] == "/wegwijzers/ww0109/"
    page = Client().get(response.headers["Location"]).content.decode()
    for expected in ("WW0109", "Reageren op radicalisering", "Verwey-Jonker", "Zoetermeer"):
        assert expected in page


def test_the_address_of_a_signpost_may_be_written_in_capitals() -> None:
    assert Client().get("/wegwijzers/WW0109/").status_code == 200


@pytest.mark.parametrize("box", ["/zoek/", "/praktijken/"])
def test_an_unknown_code_says_so_and_offers_the_list(box: str) -> None:
    page = Client().get(box, {"q": "WW9999"}, follow=True).content.decode()
    assert "WW9999" in page
    assert 'href="/wegwijzers/"' in page
    assert "geen WegWijzer met" in page


def test_what_the_fact_sheet_does_not_tell_is_unknown() -> None:
    page = Client().get("/gemeenten/arnhem/werken-met-lokale-partijen/").content.decode()
    assert "niet bekend" in page


def test_loading_the_demo_again_changes_nothing() -> None:
    before = Client().get("/praktijken.json").json()
    call_command("reference", verbosity=0)
    call_command("demo", verbosity=0)
    assert Client().get("/praktijken.json").json() == before


def test_a_search_box_offers_nothing_that_leads_to_nothing(client: Client) -> None:
    answers = [client.get("/aanvullen.json", {"q": begins}).json() for begins in BEGINNINGS]
    offered = {one["url"] for answer in answers for one in answer["offers"]}
    searches = {url for url in offered if url.startswith("/praktijken/?")}
    assert len(searches) > 30
    assert len(offered - searches) > 40
    for url in searches:
        assert client.get(url.replace("/?", ".json?")).json()["total"], url
    for url in offered - searches:
        assert client.get(url).status_code == 200, url
