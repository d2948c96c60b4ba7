from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from practices.models import ReviewTaskState
from practices.services.moderation import decisions
from practices.services.moderation.states import PracticeState, states_of
from tests.practices.services.moderation.conftest import EVERYTHING, World, fresh, review_of


def state(page: Any) -> PracticeState:
    return states_of([page.pk])[page.pk]


def test_approving_publishes_what_was_submitted(world: World) -> None:
    page = world.submitted(title="Samen leren")
    assert state(page) == PracticeState.SUBMITTED
    world.approve(page)
    page = fresh(page)
    assert page.live
    assert not page.has_unpublished_changes
    assert page.title == "Samen leren"
    assert state(page) == PracticeState.PUBLISHED


def test_the_checklist_and_the_text_are_kept_with_the_decision(world: World) -> None:
    page = world.submitted()
    key = review_of(page).pk
    world.approve(page, text="Dank.")
    decision = ReviewTaskState.objects.get(pk=key)
    assert decision.checklist == EVERYTHING
    assert decision.comment == "Dank."
    assert decision.finished_by == world["edith"]


@pytest.mark.parametrize("point", EVERYTHING)
def test_approving_needs_every_point(world: World, point: str) -> None:
    page = world.submitted()
    with pytest.raises(decisions.NotCompleteError):
        world.approve(page, checklist={**EVERYTHING, point: False})
    assert not fresh(page).live


def test_asking_for_changes_needs_a_text(world: World) -> None:
    page = world.submitted()
    with pytest.raises(decisions.NotCompleteError):
        decisions.ask_for_changes(
            task_state=review_of(page), user=world["edith"], checklist={}, text=" \n"
        )
    assert state(page) == PracticeState.SUBMITTED


def test_changes_asked_go_back_and_come_again(world: World) -> None:
    page = world.submitted()
    decisions.ask_for_changes(
        task_state=review_of(page), user=world["edith"], checklist={"facts": True}, text="Hoe lang?"
    )
    assert state(page) == PracticeState.CHANGES_ASKED
    page = world.write(page, "sam", summary="Twee dagdelen.")
    page = world.submit(page)
    assert state(page) == PracticeState.SUBMITTED
    world.approve(page)
    assert fresh(page).summary == "Twee dagdelen."


def test_an_official_decides_nothing(world: World) -> None:
    page = world.submitted()
    for name in ("sam", "kim", "bo"):
        with pytest.raises(PermissionDenied):
            world.approve(page, name)
        with pytest.raises(PermissionDenied):
            decisions.ask_for_changes(
                task_state=review_of(page), user=world[name], checklist={}, text="Nee."
            )


def test_the_page_of_the_review_says_what_is_missing_and_keeps_what_was_typed(
    world: World,
) -> None:
    page = world.submitted()
    address = reverse("practices_review", args=[review_of(page).pk])
    client = world.client("edith")
    version = client.get(address).context["version"]
    response = client.post(
        address,
        {"decision": "approve", "facts": "on", "comment": "Bijna.", "version": version},
    )
    assert response.status_code == 400
    body = response.content.decode()
    assert "Bijna." in body
    assert body.count("error-message") == len(EVERYTHING) - 1
    response = client.post(address, {"decision": "reject", "comment": "", "version": version})
    assert response.status_code == 400
    assert not fresh(page).live


def looked_at(shown: Any) -> dict[str, str]:
    """What the page of a review sends back of what it showed."""
    return {name: shown.context[name] for name in ("version", "files")}


def test_an_editor_approves_on_the_page_of_the_review(world: World) -> None:
    page = world.submitted()
    address = reverse("practices_review", args=[review_of(page).pk])
    client = world.client("edith")
    data = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": ""}
    data |= looked_at(client.get(address))
    assert client.post(address, data).status_code == 302
    assert fresh(page).live
    body = client.get(address).content.decode()
    assert "Goedkeuren en publiceren" not in body


def test_of_two_editors_one_wins_and_the_other_is_told(world: World) -> None:
    page = world.submitted()
    task_state = review_of(page)
    address = reverse("practices_review", args=[task_state.pk])
    client = world.client("ernst")
    version = client.get(address).context["version"]
    world.approve(page, "edith")
    response = client.post(address, {"decision": "reject", "comment": "Nee.", "version": version})
    assert response.status_code == 409
    assert "Edith" in response.context["late"]
    assert fresh(page).live
    with pytest.raises(decisions.AlreadyDecidedError):
        decisions.approve(task_state=task_state, user=world["ernst"], checklist=EVERYTHING)


def test_a_version_that_nobody_looked_at_is_not_approved(world: World) -> None:
    page = world.submitted(title="Eerste tekst")
    address = reverse("practices_review", args=[review_of(page).pk])
    client = world.client("edith")
    data = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": "Dank."}
    data |= looked_at(client.get(address))
    world.write(page, "ernst", title="Tweede tekst")
    response = client.post(address, data)
    assert response.status_code == 409
    assert response.context["late"]
    assert "Dank." in response.content.decode()
    assert not fresh(page).live
    # The answer shows the newest version, which can be approved as it was looked at now.
    data |= looked_at(response)
    assert client.post(address, data).status_code == 302
    assert fresh(page).title == "Tweede tekst"


def test_wagtails_own_dialogue_approves_only_what_was_submitted(world: World) -> None:
    page = world.submitted(title="Eerste tekst")
    task_state = review_of(page)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]
    )
    client = world.client("edith")
    world.write(page, "ernst", title="Tweede tekst")
    data = dict.fromkeys(EVERYTHING, "on")
    response = client.post(address, data)
    assert response.status_code == 302
    assert response["Location"] == reverse("practices_review", args=[task_state.pk]) + "?te-laat=ja"
    assert client.get(response["Location"]).status_code == 409
    assert not fresh(page).live
    assert client.post(address, {"facts": "on"}).status_code == 302
    assert not fresh(page).live


def test_without_the_version_that_was_seen_nothing_is_decided(world: World) -> None:
    page = world.submitted()
    address = reverse("practices_review", args=[review_of(page).pk])
    data = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": ""}
    assert world.client("edith").post(address, data).status_code == 409
    assert not fresh(page).live


def test_nobody_but_editors_sees_the_review(world: World) -> None:
    page = world.submitted(title="Geheim van Gouda")
    key = review_of(page).pk
    for address in (reverse("practices_queue"), reverse("practices_review", args=[key])):
        for name in ("kim", "bo"):
            response = world.client(name).get(address)
            assert response.status_code == 302
            assert response["Location"] == reverse("wagtailadmin_home")
            assert not world.client(name).post(address, {"decision": "approve"}).content
