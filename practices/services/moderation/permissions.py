"""Who may do what with a practice: plain predicates, used by buttons, forms and services alike."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState

from practices.models import HistoryEntry, ReviewTaskState
from practices.models.roles import EDITORS, is_editor
from practices.services.moderation.versions import is_change

AnyUser = User | AnonymousUser


def may_review(user: AnyUser) -> bool:
    """Whether somebody sees the queue, asks for changes, archives practices."""
    if not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=EDITORS).exists()


def may_approve(user: AnyUser, task_state: ReviewTaskState) -> bool:
    """Four eyes: an editor who neither submitted this version nor wrote anything in it."""
    return may_review(user) and not has_hand_in(user, task_state)


def has_hand_in(user: AnyUser, task_state: ReviewTaskState) -> bool:
    """Whether somebody submitted what is reviewed, or wrote in it since it was last published.

    Comments are no writing.
    """
    workflow_state = task_state.workflow_state
    if user.pk == workflow_state.requested_by_id:
        return True
    submissions = ReviewTaskState.objects.filter(workflow_state=workflow_state)
    if submissions.filter(submitted_by=user.pk).exists():
        return True
    return any(is_change(revision) for revision in _revisions_by(user, workflow_state))


def _revisions_by(user: AnyUser, workflow_state: WorkflowState) -> Any:
    """The revisions that somebody made, or wrote over, after the version that visitors read."""
    page = workflow_state.content_object
    own = Revision.objects.for_instance(page).filter(user=user.pk)
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


def is_archived(page: Page) -> bool:
    """Whether a practice is retired now."""
    return HistoryEntry.objects.filter(
        page=page.pk, kind=HistoryEntry.Kind.RETIRED, ended_at=None
    ).exists()


class PracticeTester(PagePermissionTester):
    """What Wagtail lets somebody do with a practice. Nobody publishes but by approval.

    That holds for administrators too, and for every way there is: button, forged form, bulk
    action, copy, schedule and API all ask here.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Never: a practice is archived, so that its address goes on answering."""
        return False

    def can_unschedule(self) -> bool:
        return bool(self.user.is_superuser)

    def can_set_view_restrictions(self) -> bool:
        return bool(self.user.is_superuser)

    def can_submit_for_moderation(self) -> bool:
        return bool(super().can_submit_for_moderation()) and not is_archived(self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What was public stays, and so does what an editor looks at."""
        stays = self.page.first_published_at or self.page.workflow_in_progress
        if stays and not self.user.is_superuser:
            return False
        return bool(super().can_delete(ignore_bulk=ignore_bulk))


class MunicipalityTester(PagePermissionTester):
    """Editors publish the pages of municipalities; nobody publishes what is below by that.

    The page of a municipality that went into another stays as it is, for administrators too.
    """

    def is_gone(self) -> bool:
        """Whether the municipality is part of another one now."""
        municipality = getattr(self.page, "municipality", None)
        return municipality is not None and municipality.merged_into_id is not None

    def can_add_subpage(self) -> bool:
        return not self.is_gone() and bool(super().can_add_subpage())

    def can_edit(self) -> bool:
        return not self.is_gone() and bool(super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.is_gone() and bool(super().can_delete(ignore_bulk=ignore_bulk))

    def can_publish(self) -> bool:
        if self.is_gone():
            return False
        if self.user.is_active and self.user.is_superuser:
            return True
        return is_editor(self.user) and self.can_edit()

    def can_publish_subpage(self) -> bool:
        """Nobody makes a practice that is public at once, nor a copy of one."""
        return False
