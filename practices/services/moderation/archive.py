"""Taking a published practice to the archive, and bringing it back."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from practices.models import HistoryEntry, PracticePage
from practices.models.permission_testers import is_archived
from practices.services.moderation.permissions import current_review, may_retire
from practices.services.record import record_practices


class UnderReviewError(Exception):
    """Something is submitted; that must be decided first."""


@transaction.atomic
def retire(*, page: PracticePage, user: User, reason: str) -> bool:
    """Take a practice out of the lists; False when it was archived already.

    It stays public at its address. Raises `PermissionDenied` and `UnderReviewError`.
    """
    current = _locked(page, user)
    if current_review(current) is not None:
        raise UnderReviewError
    if is_archived(current):
        return False
    if workflow_state := current.current_workflow_state:
        workflow_state.cancel(user=user)
    HistoryEntry.objects.create(
        page=current,
        kind=HistoryEntry.Kind.RETIRED,
        happened_at=timezone.now(),
        reason=reason,
        user=user,
    )
    record_practices([current.pk])
    return True


@transaction.atomic
def bring_back(*, page: PracticePage, user: User) -> bool:
    """Show a practice in the lists again; False when it was not archived."""
    current = _locked(page, user)
    entries = HistoryEntry.objects.filter(
        page=current, kind=HistoryEntry.Kind.RETIRED, ended_at=None
    )
    ended = entries.update(ended_at=timezone.now())
    record_practices([current.pk])
    return ended > 0


def _locked(page: PracticePage, user: User) -> PracticePage:
    Page.objects.select_for_update().get(pk=page.pk)
    current = PracticePage.objects.get(pk=page.pk)
    if not may_retire(user, current):
        raise PermissionDenied
    return current
