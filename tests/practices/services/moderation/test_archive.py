"""What is archived leaves lists and counts, and is found by who asks for it."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from practices.indexes.practices import PRACTICES
from practices.selectors.counts import practices_by_municipality
from practices.selectors.related import related_practices
from practices.services.moderation import archive
from practices.services.moderation.states import PracticeState, states_of
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World, fresh


@pytest.fixture
def pages(world: World) -> list[Any]:
    """Two that run, one of unknown status and one that is archived; all about the same."""
    made = [
        PracticePageFactory(
            parent=world.gouda, status=status, terms={"target_groups": ["jongerenwerk"]}
        )
        for status in ("lopend", "afgerond", "", "lopend")
    ]
    archive.retire(page=made[-1], user=world["edith"], reason="Bestaat niet meer.")
    rebuild(PRACTICES)
    return made


def search(query: str = "") -> Any:
    return json.loads(Client().get(f"/praktijken.json{query}").content)


def test_a_search_leaves_the_archive_out(pages: list[Any]) -> None:
    assert search()["total"] == 3
    assert search("?q=praktijk")["total"] == 3
    assert search("?doelgroep=jongerenwerk")["total"] == 3
    assert pages[-1].pk not in {result["id"] for result in search()["results"]}


def test_who_asks_for_the_archive_finds_it(pages: list[Any]) -> None:
    found = search("?status=gearchiveerd")
    assert [result["id"] for result in found["results"]] == [pages[-1].pk]
    assert search("?status=gearchiveerd&status=lopend")["total"] == 2
    assert search("?status=lopend")["total"] == 1


@pytest.mark.parametrize(
    "query",
    ["", "?status=gearchiveerd", "?status=lopend", "?doelgroep=jongerenwerk", "?q=praktijk"],
)
def test_every_number_is_what_following_it_gives(pages: list[Any], query: str) -> None:
    followed = 0
    for facet in search(query)["facets"]:
        for option in facet["options"]:
            path, _question, rest = option["url"].partition("?")
            assert path == "/praktijken/"
            assert search(f"?{rest}")["total"] == option["count"], option
            followed += 1
    assert followed > 5


def test_a_practice_of_unknown_status_is_found_and_gives_no_option(pages: list[Any]) -> None:
    (status,) = (facet for facet in search()["facets"] if facet["name"] == "status")
    assert {option["value"]: option["count"] for option in status["options"]} == {
        "lopend": 1,
        "afgerond": 1,
        "gearchiveerd": 1,
    }


def test_lists_and_counts_leave_the_archive_out(pages: list[Any], client: Client) -> None:
    place = pages[0].municipality
    assert practices_by_municipality()[place.pk] == 3
    assert pages[-1].pk not in {row.pk for row in related_practices(pages[0].pk)}
    body = client.get(f"/gemeenten/{place.slug}/").content.decode()
    assert pages[0].title in body
    assert pages[-1].title not in body


def test_an_archived_page_stays_at_its_address(pages: list[Any], client: Client) -> None:
    response = client.get(pages[-1].url)
    assert response.status_code == 200
    assert "In het archief sinds" in response.content.decode()


def test_it_comes_back(
    world: World, pages: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert archive.bring_back(page=pages[-1], user=world["ernst"])
    assert search()["total"] == 4
    assert search("?status=gearchiveerd")["total"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert archive.retire(page=pages[-1], user=world["ernst"], reason="Toch niet.")
    assert search()["total"] == 3
    assert not archive.retire(page=pages[-1], user=world["ernst"], reason="Nog eens.")


@pytest.mark.parametrize("name", ["sam", "kim", "bo"])
def test_only_editors_archive(world: World, name: str) -> None:
    page = world.published()
    with pytest.raises(PermissionDenied):
        archive.retire(page=page, user=world[name], reason="Weg.")
    for address in ("practices_retire", "practices_bring_back"):
        world.client(name).post(reverse(address, args=[page.pk]), {"reason": "Weg."})
    assert states_of([page.pk])[page.pk] == PracticeState.PUBLISHED


def test_a_draft_is_not_archived(world: World) -> None:
    page = world.draft()
    world.client("edith").post(reverse("practices_retire", args=[page.pk]), {"reason": "Weg."})
    assert states_of([page.pk])[page.pk] == PracticeState.DRAFT


def test_an_editor_archives_with_a_reason_and_brings_back(world: World) -> None:
    page = world.published(title="Openbaar")
    client = world.client("edith")
    address = reverse("practices_retire", args=[page.pk])
    assert client.post(address, {"reason": " "}).status_code == 400
    assert states_of([page.pk])[page.pk] == PracticeState.PUBLISHED
    assert client.post(address, {"reason": "Bestaat niet meer."}).status_code == 302
    assert states_of([page.pk])[page.pk] == PracticeState.RETIRED
    assert "Terug uit het archief" in client.get(address).content.decode()
    client.post(reverse("practices_bring_back", args=[page.pk]))
    assert states_of([page.pk])[page.pk] == PracticeState.PUBLISHED


def test_what_is_under_review_is_decided_before_it_is_archived(world: World) -> None:
    page = world.submit(world.write(world.published(), "sam", title="Nieuw"))
    with pytest.raises(archive.UnderReviewError):
        archive.retire(page=page, user=world["edith"], reason="Weg.")
    response = world.client("edith").post(
        reverse("practices_retire", args=[page.pk]), {"reason": "Weg."}, follow=True
    )
    assert "Er is een nieuwe versie ingediend" in response.content.decode()
    assert fresh(page).current_workflow_state is not None
