"""Keeps Wagtail from mailing what the review mails itself."""

from typing import Any

from wagtail.admin.signal_handlers import (
    workflow_approval_email_notifier,
    workflow_rejection_email_notifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from practices.configuration import configuration
from practices.models import ReviewTaskState


def connect() -> None:
    """Take the places of Wagtail's own notifiers, which connect later under the same names.

    A signal has one receiver for each name, so theirs stay out. `practices` therefore stands before
    `wagtail.admin` in INSTALLED_APPS.
    """
    for kind, signal in (("approved", workflow_approved), ("rejected", workflow_rejected)):
        signal.connect(
            NOTIFIERS[kind],
            sender=WorkflowState,
            dispatch_uid=f"workflow_state_{kind}_email_notification",
        )


def approved(instance: WorkflowState, **kwargs: Any) -> None:
    """Let Wagtail tell of other workflows than the review."""
    if not (_is_review(instance) and configuration().review_mails):
        workflow_approval_email_notifier(instance=instance, **kwargs)


def rejected(instance: WorkflowState, **kwargs: Any) -> None:
    """Let Wagtail tell of other workflows than the review."""
    if not (_is_review(instance) and configuration().review_mails):
        workflow_rejection_email_notifier(instance=instance, **kwargs)


def _is_review(state: WorkflowState) -> bool:
    current = state.current_task_state
    return current is not None and isinstance(current.specific, ReviewTaskState)


NOTIFIERS = {"approved": approved, "rejected": rejected}
