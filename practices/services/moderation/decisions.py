"""Decisions on what was submitted; each happens once, to the version that was looked at."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from practices.models import HistoryEntry, PracticePage, ReviewTaskState
from practices.services.moderation import mails
from practices.services.moderation.decision_forms import CHECKLIST, FORMS
from practices.services.moderation.files import digest, files_of
from practices.services.moderation.permissions import may_approve, may_review
from practices.services.moderation.versions import changed_parts, fingerprint, published_content


class AlreadyDecidedError(Exception):
    """Somebody decided before, or the author withdrew."""


class VersionChangedError(Exception):
    """There is a newer version than the one that was looked at."""


class NotCompleteError(Exception):
    """The checklist or the text is missing."""


def note_submission(*, task_state: ReviewTaskState, user: User | None) -> None:
    """Keep who submitted which version, and tell the editors."""
    task_state.version = fingerprint(task_state.revision.content)
    task_state.submitted_by = user
    task_state.save(update_fields=["version", "submitted_by"])
    mails.tell_editors(task_state)


def act(*, task_state: TaskState, user: User, action: str, data: Mapping[str, Any]) -> str | None:
    """Decide from Wagtail's own dialogues; the address of the review if that was too late.

    Raises `PermissionDenied` where the decision is not allowed or not complete.
    """
    if action not in FORMS:
        raise PermissionDenied
    form = FORMS[action](dict(data))
    if not form.is_valid():
        raise PermissionDenied
    decide = approve if action == "approve" else ask_for_changes
    try:
        decide(
            task_state=task_state,
            user=user,
            checklist=form.cleaned_data,
            text=form.cleaned_data["comment"],
            seen=form.cleaned_data["version"],
            seen_files=form.cleaned_data["files"],
        )
    except (AlreadyDecidedError, VersionChangedError):
        return reverse("practices_review", args=[task_state.pk]) + "?te-laat=ja"
    return None


@transaction.atomic
def approve(
    *,
    task_state: TaskState,
    user: User,
    checklist: Mapping[str, bool],
    text: str = "",
    seen: str = "",
    seen_files: str = "",
) -> None:
    """Approve and publish the version that was looked at.

    `seen` is its fingerprint; without one the submitted version is meant. `seen_files` is the
    digest of its files; without one they are as they are. Raises
    `AlreadyDecidedError`, `VersionChangedError`, `NotCompleteError`, and `PermissionDenied` for
    whoever submitted or wrote it.
    """
    review, page = _locked(task_state)
    if not may_approve(user, review):
        raise PermissionDenied
    ticked = _ticked(checklist)
    if not all(ticked.values()):
        raise NotCompleteError
    _check_version(review, page, seen)
    if seen_files and seen_files != digest(files_of(page)):
        raise VersionChangedError
    changed = _changed_parts(page)
    review.revision = page.latest_revision
    review.version = fingerprint(page.latest_revision.content)
    review.checklist = ticked
    review.approve(user=user, comment=text)
    if changed is not None:
        HistoryEntry.objects.create(
            page_id=page.pk,
            kind=HistoryEntry.Kind.UPDATED,
            happened_at=timezone.now(),
            parts=changed,
            user=user,
        )
    mails.tell_author(review)


@transaction.atomic
def ask_for_changes(
    *,
    task_state: TaskState,
    user: User,
    checklist: Mapping[str, bool],
    text: str,
    seen: str = "",
    seen_files: str = "",
) -> None:
    """Give a submission back to its author with a text. Raises as `approve` does.

    Its files may have changed since: nothing becomes public by this.
    """
    review, page = _locked(task_state)
    if not may_review(user):
        raise PermissionDenied
    if not text.strip():
        raise NotCompleteError
    _check_version(review, page, seen)
    review.checklist = _ticked(checklist)
    review.reject(user=user, comment=text)
    mails.tell_author(review)


def take(*, task_state: ReviewTaskState, user: User, instead_of: int | None = None) -> bool:
    """Say that an editor is on it, instead of nobody or of somebody; False when that changed."""
    waiting = ReviewTaskState.objects.filter(
        pk=task_state.pk, status=ReviewTaskState.STATUS_IN_PROGRESS, taken_by=instead_of
    )
    return waiting.update(taken_by=user) == 1


def give_back(*, task_state: ReviewTaskState, user: User) -> bool:
    """Say that an editor is no longer on it; False when it was not that editor."""
    return (
        ReviewTaskState.objects.filter(pk=task_state.pk, taken_by=user).update(taken_by=None) == 1
    )


def _locked(task_state: TaskState) -> tuple[ReviewTaskState, Page]:
    """The submission and its page, on which nobody else can decide meanwhile.

    The page is locked first and the submission read after that, so that it is what the decision
    before left.
    """
    page = Page.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
    review = ReviewTaskState.objects.select_related("workflow_state").get(pk=task_state.pk)
    is_open = review.status == ReviewTaskState.STATUS_IN_PROGRESS
    if not is_open or review.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadyDecidedError
    return review, page


def _check_version(review: ReviewTaskState, page: Page, seen: str) -> None:
    # Merging terms changes a version's fingerprint, but nothing that somebody wrote.
    asked = review.renewed.get(seen, seen) or review.version
    if fingerprint(page.latest_revision.content) != asked:
        raise VersionChangedError


def _changed_parts(page: Page) -> list[str] | None:
    """What the newest version changes in a public practice; None if it is not public yet."""
    if not page.live or not issubclass(page.specific_class, PracticePage):
        return None
    return changed_parts(published_content(page), page.latest_revision.content)


def _ticked(checklist: Mapping[str, bool]) -> dict[str, bool]:
    return {name: bool(checklist.get(name)) for name in CHECKLIST}
