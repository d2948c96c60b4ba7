"""The state of a practice as its author sees it, read from Wagtail.

A stand-in for `practices.moderation.states`: `state_of` is all that other modules use.
"""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from practices.models import PracticePage

REVIEW_AFTER = timedelta(days=730)


class State(models.TextChoices):
    """In the order in which they ask something of the author."""

    CHANGES_ASKED = "changes", _("Changes asked")
    DRAFT = "draft", _("Drafts")
    SUBMITTED = "submitted", _("Submitted")
    REVIEW_DUE = "due", _("Due for review")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("No longer public")


BEING_WRITTEN = frozenset({State.CHANGES_ASKED, State.DRAFT})


def state_of(page: PracticePage, review: WorkflowState | None) -> State:
    """The state, given the review that the page is in, if any."""
    if review is not None:
        is_back = review.status == WorkflowState.STATUS_NEEDS_CHANGES
        return State.CHANGES_ASKED if is_back else State.SUBMITTED
    if page.live:
        if page.has_unpublished_changes:
            return State.DRAFT
        published = page.last_published_at
        is_due = published is not None and published < timezone.now() - REVIEW_AFTER
        return State.REVIEW_DUE if is_due else State.PUBLISHED
    return State.RETIRED if page.first_published_at else State.DRAFT
