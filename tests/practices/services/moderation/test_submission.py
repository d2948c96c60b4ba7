from typing import Any

import pytest

from practices.admin.practice_form.problems import problems_for_submission
from practices.models import PracticePage
from practices.services.moderation.states import PracticeState, states_of
from tests.factories import PracticePageFactory
from tests.mails import delivered
from tests.practices.services.moderation.conftest import (
    World,
    edit_url,
    fields_of,
    fresh,
    review_of,
)

NEEDED = [
    "summary",
    "formats",
    "approach",
    "target_groups",
    "trainers",
    "radicalisation_types",
    "themes",
    "lessons",
]


@pytest.fixture
def bare(world: World) -> Any:
    page = PracticePageFactory(
        parent=world.gouda, draft=True, summary="", approach="", owner=world["sam"]
    )
    page.save_revision(user=world["sam"])
    return fresh(page)


def state(page: Any) -> PracticeState:
    return states_of([page.pk])[page.pk]


def test_a_complete_practice_has_no_problems(world: World) -> None:
    assert problems_for_submission(world.draft()) == []


def test_a_draft_needs_nothing_but_a_title(world: World, bare: Any) -> None:
    client = world.client("sam")
    data = fields_of(client.get(edit_url(bare)))
    assert client.post(edit_url(bare), data).status_code == 302


@pytest.mark.parametrize("button", ["action-submit", "action-restart-workflow"])
def test_what_is_missing_stands_at_every_field_at_once(
    world: World, bare: Any, button: str
) -> None:
    client = world.client("sam")
    data = fields_of(client.get(edit_url(bare)))
    data |= {"networks": "Het zorgnetwerk.", "start_year": "geen jaar", button: "1"}
    response = client.post(edit_url(bare), data)
    assert response.status_code == 200
    form = response.context["form"]
    told = {*form.errors} | {
        name for name, formset in form.formsets.items() if formset.non_form_errors()
    }
    assert told == {*NEEDED, "start_year"}
    body = response.content.decode()
    assert "Het zorgnetwerk." in body
    assert "geen jaar" in body
    assert "Voeg minstens één trainer toe." in body
    assert fresh(bare).current_workflow_state is None
    assert state(bare) == PracticeState.DRAFT


def test_a_new_practice_is_checked_before_it_exists(world: World) -> None:
    address = f"/beheer/pages/add/practices/practicepage/{world.gouda.pk}/"
    client = world.client("sam")
    data = fields_of(client.get(address)) | {"title": "Nieuw", "action-submit": "1"}
    response = client.post(address, data)
    assert response.status_code == 200
    assert "summary" in response.context["form"].errors
    assert not PracticePage.objects.exists()


def test_a_complete_practice_is_submitted_with_the_button(world: World) -> None:
    page = world.draft()
    client = world.client("sam")
    data = fields_of(client.get(edit_url(page))) | {"action-submit": "1"}
    assert client.post(edit_url(page), data).status_code == 302
    assert state(page) == PracticeState.SUBMITTED
    page = fresh(page)
    assert page.trainers.count() == 2
    assert page.lessons.count() == 3
    assert review_of(page).submitted_by == world["sam"]


def test_what_is_under_review_is_locked_for_its_author_who_is_told(world: World) -> None:
    """The form was open before a colleague submitted."""
    page = world.draft()
    client = world.client("kim")
    data = fields_of(client.get(edit_url(page))) | {"title": "Te laat"}
    world.submit(page)
    response = client.post(edit_url(page), data)
    assert response.status_code == 200
    assert "vergrendeld" in response.content.decode()
    assert 'value="Te laat"' in response.content.decode()
    assert fresh(page).get_latest_revision_as_object().title != "Te laat"


def test_two_officials_at_once_are_told_and_nothing_is_lost(world: World) -> None:
    page = world.draft(title="Begin")
    kim, sam = world.client("kim"), world.client("sam")
    data = fields_of(kim.get(edit_url(page))) | {"title": "Van Kim"}
    other = fields_of(sam.get(edit_url(page))) | {"title": "Van Sam"}
    assert sam.post(edit_url(page), other).status_code == 302
    response = kim.post(edit_url(page), data)
    assert response.status_code == 200
    body = response.content.decode()
    assert "Iemand anders" in body
    assert 'value="Van Kim"' in body
    assert fresh(page).get_latest_revision_as_object().title == "Van Sam"
    # Who saves once more, knows it; the other version stays in the history.
    again = fields_of(response) | {"title": "Van Kim"}
    assert kim.post(edit_url(page), again).status_code == 302
    titles = [revision.object_str for revision in fresh(page).revisions.order_by("pk")]
    assert titles[-2:] == ["Van Sam", "Van Kim"]


def test_an_own_version_from_just_before_the_button_is_not_somebody_elses(world: World) -> None:
    page = world.draft()
    kim = world.client("kim")
    page = world.write(page, "kim", title="Van Kim")
    data = fields_of(kim.get(edit_url(page))) | {"title": "Met de knop"}
    page = world.write(page, "kim", title="Vanzelf bewaard")
    assert kim.post(edit_url(page), data).status_code == 302
    assert fresh(page).get_latest_revision_as_object().title == "Met de knop"


def test_a_version_of_a_colleague_is_told_of_even_under_a_newer_own_one(world: World) -> None:
    page = world.draft()
    kim = world.client("kim")
    data = fields_of(kim.get(edit_url(page))) | {"title": "Uit het eerste venster"}
    page = world.write(page, "sam", title="Van Sam")
    page = world.write(page, "kim", title="Uit het tweede venster")
    assert "Iemand anders" in kim.post(edit_url(page), data).content.decode()


def test_submitting_an_older_version_is_told_too(world: World) -> None:
    page = world.draft()
    data = fields_of(world.client("kim").get(edit_url(page))) | {"action-submit": "1"}
    page = world.write(page, "sam", title="Van Sam")
    response = world.client("kim").post(edit_url(page), data)
    assert response.status_code == 200
    assert fresh(page).current_workflow_state is None


def test_an_editor_who_decides_while_the_author_writes_tells_both(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    """The author came back to the form after the changes; an editor had opened the review."""
    page = world.submitted()
    seen = review_of(page).version
    page.current_workflow_state.cancel(user=world["sam"])
    page = world.write(page, "sam", title="Toch anders")
    page = world.submit(page)
    from practices.services.moderation import decisions

    with pytest.raises(decisions.VersionChangedError):
        world.approve(page, "edith", seen=seen)
    assert not fresh(page).live
    with django_capture_on_commit_callbacks(execute=True):
        world.approve(page, "edith")
    assert delivered()[0].to == ["sam@voorbeeld.example"]


def test_an_archived_practice_cannot_be_submitted(world: World) -> None:
    from practices.services.moderation import archive

    page = world.published()
    archive.retire(page=page, user=world["edith"], reason="De cursus bestaat niet meer.")
    client = world.client("sam")
    data = fields_of(client.get(edit_url(page))) | {"action-submit": "1"}
    client.post(edit_url(page), data)
    assert fresh(page).current_workflow_state is None
