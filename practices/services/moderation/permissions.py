"""Who may do what with a practice: plain predicates, used by buttons, forms and services alike."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from practices.models import Invitation, ReviewTaskState
from practices.models.roles import EDITORS
from practices.services.moderation.files import files_of, has_hand_in_files
from practices.services.moderation.versions import is_change

AnyUser = User | AnonymousUser


def may_review(user: AnyUser) -> bool:
    """Whether somebody sees the queue, asks for changes, archives practices."""
    if not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=EDITORS).exists()


def may_approve(user: AnyUser, task_state: ReviewTaskState) -> bool:
    """Four eyes: an editor who has no hand in this version."""
    return may_review(user) and not has_hand_in(user, task_state)


def has_hand_in(user: AnyUser, task_state: ReviewTaskState) -> bool:
    """Whether somebody submitted what is reviewed, or wrote in it since it was last published.

    So has who uploaded or changed one of its files since, and who invited somebody who has a hand
    in it: an account is as easily made as it is used. Comments are no writing.
    """
    page = task_state.workflow_state.content_object
    authors = authors_of(task_state)
    return (
        user.pk in authors
        or has_hand_in_files(user, files_of(page), page.last_published_at)
        or Invitation.objects.filter(invited_by=user.pk, used_by__in=authors).exists()
    )


def authors_of(task_state: ReviewTaskState) -> set[int]:
    """Who submitted what is reviewed, or wrote in it since it was last published, by key."""
    workflow_state = task_state.workflow_state
    submissions = ReviewTaskState.objects.filter(workflow_state=workflow_state)
    authors = {workflow_state.requested_by_id, *submissions.values_list("submitted_by", flat=True)}
    for revision in _revisions(workflow_state):
        if revision.user_id not in authors and is_change(revision):
            authors.add(revision.user_id)
    return authors - {None}


def _revisions(workflow_state: WorkflowState) -> Any:
    """The revisions that were made, or written over, after the version that visitors read."""
    page = workflow_state.content_object
    own = Revision.objects.for_instance(page).order_by("pk")
    if page.last_published_at is None:
        return own
    later = Q(created_at__gt=page.last_published_at)
    if page.live_revision is not None:
        # Made while the approval was under way.
        later |= Q(created_at__gt=page.live_revision.created_at) & ~Q(pk=page.live_revision_id)
    return own.filter(later)


def actions_for(page: Page, user: AnyUser) -> list[tuple[str, str, bool]]:
    """The decisions that somebody may take on a page that is under review."""
    task_state = current_review(page)
    if task_state is None or not may_review(user):
        return []
    actions = [("reject", _("Ask for changes"), True)]
    if may_approve(user, task_state):
        actions.append(("approve", _("Approve and publish"), True))
    return actions


def current_review(page: Page) -> ReviewTaskState | None:
    """The submission of a page that waits for a decision."""
    state: ReviewTaskState | None = (
        ReviewTaskState.objects.filter(
            workflow_state__base_content_type=page.get_base_content_type(),
            workflow_state__object_id=str(page.pk),
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            status=ReviewTaskState.STATUS_IN_PROGRESS,
        )
        .select_related("workflow_state", "revision", "task")
        .first()
    )
    return state


def may_retire(user: AnyUser, page: Page) -> bool:
    """Whether an editor may take a published practice out of the lists, or bring it back."""
    return may_review(user) and page.live
