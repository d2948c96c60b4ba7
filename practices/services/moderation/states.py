"""Where a practice stands, derived from what Wagtail knows; nothing here is stored."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, OuterRef, Subquery, TextChoices
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState, get_default_page_content_type

from practices.models import PracticePage
from practices.selectors.prepared import chunks
from practices.selectors.retirement import is_retired
from practices.services.moderation.due import due_since, is_due


class PracticeState(TextChoices):
    """The state of a practice; the values stand in addresses of the admin."""

    DRAFT = "concept", _("draft")
    SUBMITTED = "ingediend", _("submitted")
    CHANGES_ASKED = "wijzigingen-gevraagd", _("changes asked")
    PUBLISHED = "gepubliceerd", _("published")
    PUBLISHED_WITH_DRAFT = "gepubliceerd-met-concept", _("published, with a newer draft")
    REVIEW_DUE = "controle-nodig", _("to be checked")
    RETIRED = "gearchiveerd", _("archived")


IN_REVIEW = frozenset({PracticeState.SUBMITTED, PracticeState.CHANGES_ASKED})
"""Somebody must decide or answer before it is published."""
WAITS_FOR_EDITOR = frozenset({PracticeState.SUBMITTED})
WAITS_FOR_AUTHOR = frozenset(
    {PracticeState.DRAFT, PracticeState.CHANGES_ASKED, PracticeState.REVIEW_DUE}
)
ALWAYS_PUBLIC = frozenset(
    {
        PracticeState.PUBLISHED,
        PracticeState.PUBLISHED_WITH_DRAFT,
        PracticeState.REVIEW_DUE,
        PracticeState.RETIRED,
    }
)
"""Visitors can read it. What is in review may be public too, in its published version."""

_OF_WORKFLOW = {
    WorkflowState.STATUS_IN_PROGRESS: PracticeState.SUBMITTED,
    WorkflowState.STATUS_NEEDS_CHANGES: PracticeState.CHANGES_ASKED,
}


def states_of(ids: Iterable[int], *, now: datetime | None = None) -> dict[int, PracticeState]:
    """The states of practices by id; one query for 500 of them."""
    moment = now or timezone.now()
    return {
        pk: state_from(live=live, changed=changed, retired=retired, review=review, due=due)
        for batch in chunks(ids)
        for pk, live, changed, retired, review, due in _rows(batch, moment)
    }


def state_from(
    *, live: bool, changed: bool, retired: bool, review: str | None, due: bool
) -> PracticeState:
    """The one state that says what must happen next.

    `review` is the status of a workflow that is not finished, if there is one.
    """
    if live and retired:
        return PracticeState.RETIRED
    if review in _OF_WORKFLOW:
        return _OF_WORKFLOW[review]
    if not live:
        return PracticeState.DRAFT
    if due:
        return PracticeState.REVIEW_DUE
    return PracticeState.PUBLISHED_WITH_DRAFT if changed else PracticeState.PUBLISHED


def _rows(ids: list[int], now: datetime) -> Iterable[tuple[int, bool, bool, bool, str, bool]]:
    rows = (
        PracticePage.objects.filter(pk__in=ids)
        .annotate(retired=is_retired(), review=review_status(), since=due_since())
        .values_list("pk", "live", "has_unpublished_changes", "retired", "review", "since")
    )
    for pk, live, changed, retired, review, since in rows:
        yield pk, live, changed, retired, review, is_due(since, now)


def review_status() -> Subquery:
    """The status of a page's workflow that is not finished yet, as an expression."""
    return Subquery(
        WorkflowState.objects.active()
        .filter(
            base_content_type=get_default_page_content_type(),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        .values("status")[:1]
    )
