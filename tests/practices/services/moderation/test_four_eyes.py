"""Nobody approves the own work, and nobody publishes but by approving."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.models import GroupPagePermission, Page

from practices.models import PracticePage
from practices.services.moderation import decisions
from practices.services.moderation.permissions import may_approve
from tests.practices.services.moderation.conftest import (
    EVERYTHING,
    World,
    comment_fields,
    edit_url,
    fields_of,
    fresh,
    review_of,
)

EVERYBODY = ("sam", "kim", "bo", "edith", "ernst", "admin")


def refused(world: World, page: Any, name: str) -> bool:
    """Whether somebody can't approve, by rule, by service and by button alike."""
    task_state = review_of(page)
    allowed = may_approve(world[name], task_state)
    address = reverse("practices_review", args=[task_state.pk])
    response = world.client(name).get(address)
    if response.status_code == 200:
        assert response.context["may_approve"] == allowed
        assert ('value="approve"' in response.content.decode()) == allowed
    names = {
        action
        for action, _label, _modal in task_state.task.specific.get_actions(fresh(page), world[name])
    }
    assert ("approve" in names) == allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            world.approve(page, name)
        post = {**dict.fromkeys(EVERYTHING, "on"), "decision": "approve", "comment": ""}
        post["version"] = task_state.version
        world.client(name).post(address, post)
        wagtails = reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]
        )
        world.client(name).post(wagtails, post)
        assert not fresh(page).live
    return not allowed


def test_another_editor_and_an_administrator_may_approve(world: World) -> None:
    page = world.submitted()
    assert [name for name in EVERYBODY if not refused(world, page, name)] == [
        "edith", "ernst", "admin",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["edith", "admin"])
def test_who_submitted_it_may_not(world: World, name: str) -> None:
    page = world.submitted(by=name)
    assert refused(world, page, name)
    assert not refused(world, page, "ernst")


@pytest.mark.parametrize("name", ["edith", "admin"])
def test_who_submitted_it_again_may_not(world: World, name: str) -> None:
    page = world.submitted()
    decisions.ask_for_changes(
        task_state=review_of(page), user=world["ernst"], checklist={}, text="Hoe lang?"
    )
    page = world.submit(page, name)
    assert refused(world, page, name)
    assert not refused(world, page, "ernst")


@pytest.mark.parametrize("name", ["edith", "admin"])
def test_who_wrote_in_it_after_the_submission_may_not(world: World, name: str) -> None:
    page = world.write(world.submitted(), name, summary="Een andere samenvatting.")
    assert refused(world, page, name)


def test_who_wrote_it_for_another_to_submit_may_not(world: World) -> None:
    page = world.submit(world.draft("edith"), "sam")
    assert refused(world, page, "edith")


def test_who_wrote_over_the_published_version_may_not(world: World) -> None:
    """Autosave writes into the last revision of the same user, even when that is public."""
    page = world.write(world.submitted(), "edith", title="Beter")
    world.approve(page, "ernst", seen=version_of(page))
    page = fresh(page)
    latest = page.get_latest_revision_as_object()
    latest.title = "Nog beter"
    latest.save_revision(user=world["edith"], overwrite_revision=page.live_revision)
    page = world.submit(fresh(page), "sam")
    assert fresh(page).title == "Beter"
    assert may_approve(world["ernst"], review_of(page))
    assert not may_approve(world["edith"], review_of(page))


def version_of(page: Any) -> str:
    from practices.services.moderation.versions import fingerprint_of

    return fingerprint_of(page)


def test_what_was_written_before_the_last_publication_is_no_bar(world: World) -> None:
    page = world.published("edith", approver="ernst")
    page = world.write(page, "sam", summary="Bijgewerkt.")
    page = world.submit(page)
    assert may_approve(world["edith"], review_of(page))


def test_a_comment_is_no_writing(world: World) -> None:
    """Saved through the form, as an editor does it."""
    page = world.submitted()
    client = world.client("edith")
    data = fields_of(client.get(edit_url(page)))
    data |= comment_fields("Hoe lang duurde het?")
    before = page.latest_revision_id
    assert client.post(edit_url(page), data).status_code == 302
    page = fresh(page)
    assert page.latest_revision_id != before
    assert page.wagtail_admin_comments.count() == 1
    assert may_approve(world["edith"], review_of(page))
    world.approve(page, "edith")
    assert fresh(page).live
    assert fresh(page).wagtail_admin_comments.count() == 1


def test_somebody_who_left_approves_nothing(world: World) -> None:
    page = world.submitted()
    editor = world["edith"]
    editor.is_active = False
    editor.save()
    assert not may_approve(editor, review_of(page))


def test_nobody_has_publish_on_a_practice(world: World) -> None:
    page = world.draft()
    for name in EVERYBODY:
        tester = Page.objects.get(pk=page.pk).permissions_for_user(world[name])
        assert not tester.can_publish()
        assert not tester.can_unpublish()
        assert not world.gouda.permissions_for_user(world[name]).can_publish_subpage()
    above = [page.path[:end] for end in range(4, len(page.path) + 1, 4)]
    assert not GroupPagePermission.objects.filter(
        group__user__in=world.users.values(),
        page__path__in=above,
        permission__codename="publish_page",
    ).exists()


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_forged_publication_from_the_form_is_a_draft(world: World, name: str) -> None:
    page = world.draft()
    client = world.client(name)
    response = client.get(edit_url(page))
    if response.status_code != 200:
        assert name == "bo"
        assert client.post(edit_url(page), {"action-publish": "1"}).status_code == 302
    else:
        data = fields_of(response) | {"action-publish": "1", "title": "Nieuw"}
        data["go_live_at"] = "2020-01-01 00:00"
        assert client.post(edit_url(page), data).status_code == 302
    assert not fresh(page).live


@pytest.mark.parametrize("name", ["edith", "admin", "sam"])
def test_a_practice_cannot_be_made_public_at_once(world: World, name: str) -> None:
    address = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", world.gouda.pk])
    client = world.client(name)
    data = fields_of(client.get(address)) | {
        "title": "Meteen",
        "slug": "meteen",
        "action-publish": "1",
    }
    assert client.post(address, data).status_code == 302
    assert not PracticePage.objects.get(slug="meteen").live


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_bulk_actions_publish_nothing_and_take_nothing_away(
    world: World, name: str, action: str
) -> None:
    draft, public = world.draft(title="Een concept"), world.published(title="Openbaar")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    pages = (
        [world.gouda.pk, draft.pk, public.pk] if action in ("publish", "unpublish") else [public.pk]
    )
    query = "&".join(f"id={pk}" for pk in pages)
    data = {"include_descendants": "on", "chooser": str(world.ede.pk)}
    if name != "admin" or action in ("publish", "unpublish"):
        world.client(name).post(f"{address}?{query}", data)
        assert fresh(public).live
        assert fresh(public).municipality == world.gouda.municipality
    assert not fresh(draft).live


def test_a_schedule_never_publishes_what_nobody_approved(world: World) -> None:
    page = world.draft()
    latest = page.get_latest_revision_as_object()
    latest.go_live_at = timezone.now() - timedelta(hours=1)
    past = timezone.now() - timedelta(minutes=1)
    revision = latest.save_revision(user=world["sam"], approved_go_live_at=past)
    call_command("publish_scheduled")
    assert not fresh(page).live
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_a_date_in_a_version_does_not_postpone_its_approval(world: World) -> None:
    page = world.draft()
    latest = page.get_latest_revision_as_object()
    latest.go_live_at = timezone.now() + timedelta(days=9)
    latest.expire_at = timezone.now() + timedelta(days=10)
    latest.save_revision(user=world["sam"])
    page = world.submit(fresh(page))
    world.approve(page)
    page = fresh(page)
    assert page.live
    assert (page.go_live_at, page.expire_at) == (None, None)


@pytest.mark.parametrize("name", ["sam", "edith", "admin"])
def test_a_copy_is_a_draft(world: World, name: str) -> None:
    page = world.published()
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for slug, extra in (("kopie", {"publish_copies": "on"}), ("alias", {"alias": "on"})):
        world.client(name).post(
            address,
            {
                "new_title": "Kopie",
                "new_slug": slug,
                "new_parent_page": str(world.gouda.pk),
                **extra,
            },
        )
    assert not PracticePage.objects.filter(slug__in=["kopie", "alias"], live=True).exists()
    with pytest.raises(CopyPagePermissionError):
        CopyPageAction(page, to=world.gouda, user=world[name], keep_live=True).execute()


def test_a_copy_of_a_practice_under_review_is_not_under_review(world: World) -> None:
    page = world.submitted()
    copy = CopyPageAction(
        page, to=world.gouda, user=world["sam"], keep_live=False, update_attrs={"slug": "kopie"}
    ).execute()
    assert copy.current_workflow_state is None
    world.approve(page)
    assert not fresh(copy).live


@pytest.mark.parametrize("name", ["sam", "edith", "admin"])
def test_the_api_and_the_actions_of_wagtail_ask_the_same_rule(world: World, name: str) -> None:
    page = world.draft()
    revision = page.get_latest_revision()
    with pytest.raises(PublishPagePermissionError):
        PublishPageRevisionAction(revision, user=world[name]).execute()
    for skip in (True, False):
        with pytest.raises(PermissionDenied):
            revision.publish(user=world[name], skip_permission_checks=skip)
    assert not fresh(page).live


def test_moving_does_not_publish(world: World) -> None:
    page = world.submitted()
    page.move(world.ede, pos="last-child", user=world["admin"])
    page = fresh(page)
    assert not page.live
    assert page.municipality == world.ede.municipality
    assert not may_approve(world["sam"], review_of(page))
    world.approve(page)
    assert fresh(page).live


def test_a_decision_sent_with_the_form_decides_and_saves_nothing(world: World) -> None:
    page = world.submitted()
    client = world.client("edith")
    data = fields_of(client.get(edit_url(page))) | {
        "title": "Een titel van de redactie",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps({**EVERYTHING, "comment": ""}),
    }
    before = page.latest_revision_id
    response = client.post(edit_url(page), data)
    assert response["Location"] == reverse("practices_review", args=[review_of(page).pk])
    page = fresh(page)
    assert not page.live
    assert page.latest_revision_id == before
    world.client("sam").post(edit_url(page), data)
    assert not fresh(page).live
