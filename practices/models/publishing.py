"""Publishing a practice: only what was approved."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied

from practices.models.moderation import ReviewTaskState

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"


def must_publish(revision: Any, *, user: Any, log_action: Any) -> bool:
    """Whether a revision of a practice may become public now.

    Somebody publishes only what that person approved: raises `PermissionDenied` otherwise. Without
    a user it is the site itself, which may; but not by a schedule that nobody approved.
    """
    approvals = ReviewTaskState.objects.filter(
        revision=revision, status=ReviewTaskState.STATUS_APPROVED
    )
    if user is not None:
        if not approvals.filter(finished_by=user).exists():
            raise PermissionDenied("Only what was approved is published.")
    elif log_action == SCHEDULED and not approvals.exists():
        logger.warning("Revision %s was scheduled but never approved; removed.", revision.pk)
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False
    return True
