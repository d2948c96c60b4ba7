"""The queue: what was submitted and waits, with a bounded number of queries however long."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from wagtail.models import Comment, Page, WorkflowState

from practices.indexes import registers
from practices.models import PracticePage, ReviewTaskState, users
from practices.services.moderation.states import PracticeState
from practices.services.moderation.working_days import is_overdue, working_days

STATUSES = {
    PracticeState.SUBMITTED: (
        WorkflowState.STATUS_IN_PROGRESS,
        ReviewTaskState.STATUS_IN_PROGRESS,
    ),
    PracticeState.CHANGES_ASKED: (
        WorkflowState.STATUS_NEEDS_CHANGES,
        ReviewTaskState.STATUS_REJECTED,
    ),
}
"""The states of the queue, as the workflow and its current task have them."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One submission that waits."""

    key: int
    page_id: int
    title: str
    municipality: str
    municipality_slug: str
    formats: Sequence[str]
    format_slugs: Sequence[str]
    author: str
    submitted_at: datetime
    days: int
    is_update: bool
    revision_id: int
    taken_by_id: int | None
    taken_by: str
    comments: int

    @property
    def is_overdue(self) -> bool:
        """Whether it waits longer than we promise."""
        return is_overdue(self.days)


def waiting(state: PracticeState = PracticeState.SUBMITTED) -> "QuerySet[ReviewTaskState]":
    """The current submissions in one of the states of the queue, oldest first."""
    workflow, task = STATUSES[state]
    found: QuerySet[ReviewTaskState] = ReviewTaskState.objects.filter(
        workflow_state__status=workflow,
        status=task,
        workflow_state__current_task_state=F("taskstate_ptr"),
    ).order_by("started_at", "pk")
    return found


def queue(
    state: PracticeState = PracticeState.SUBMITTED, *, today: date | None = None
) -> list[QueueEntry]:
    """All submissions in a state, oldest first; five queries."""
    day = today or timezone.localdate()
    rows = list(
        waiting(state)
        .select_related("submitted_by", "taken_by")
        .annotate(
            title=F("revision__object_str"),
            page_id=F("workflow_state__object_id"),
            formats=F("revision__content__formats"),
        )
    )
    ids = [int(row.page_id) for row in rows]
    pages = _pages(ids)
    comments = _open_comments(ids)
    known = registers.current()
    return [
        _entry(row, pages[int(row.page_id)], comments.get(int(row.page_id), 0), known, day)
        for row in rows
        if int(row.page_id) in pages
    ]


def _pages(ids: Iterable[int]) -> dict[int, tuple[bool, int | None]]:
    """Whether each page is public, and its municipality if it is a practice."""
    live = dict(Page.objects.filter(pk__in=ids).values_list("pk", "live"))
    places = dict(PracticePage.objects.filter(pk__in=ids).values_list("pk", "municipality"))
    return {pk: (is_live, places.get(pk)) for pk, is_live in live.items()}


def _open_comments(ids: Iterable[int]) -> dict[int, int]:
    found = Comment.objects.filter(page__in=ids, resolved_at=None).values_list("page")
    return dict(found.annotate(number=Count("pk")).order_by())


def _entry(
    row: Any,
    page: tuple[bool, int | None],
    comments: int,
    known: registers.Registers,
    today: date,
) -> QueueEntry:
    is_live, municipality = page
    place = known.places.get(municipality or 0)
    terms = [known.terms[pk] for pk in row.formats or () if pk in known.terms]
    return QueueEntry(
        key=row.pk,
        page_id=int(row.page_id),
        title=row.title,
        municipality=place.shown_name if place else row.title,
        municipality_slug=place.slug if place else "",
        formats=[term.label for term in terms],
        format_slugs=[term.slug for term in terms],
        author=name_of(row.submitted_by),
        submitted_at=row.started_at,
        days=working_days(timezone.localtime(row.started_at).date(), today),
        is_update=is_live,
        revision_id=row.revision_id,
        taken_by_id=row.taken_by_id,
        taken_by=name_of(row.taken_by),
        comments=comments,
    )


def name_of(user: User | None) -> str:
    """The name by which colleagues know a user; empty for nobody."""
    return users.name_of(user) if user else ""


def filtered(
    entries: Sequence[QueueEntry], chosen: Mapping[str, str], user: User
) -> list[QueueEntry]:
    """The entries that answer the choices: `gemeente`, `vorm`, `wie` (`ik`, `niemand`)."""
    tests: dict[str, Callable[[QueueEntry, str], bool]] = {
        "gemeente": lambda entry, value: entry.municipality_slug == value,
        "vorm": lambda entry, value: value in entry.format_slugs,
        "wie": lambda entry, value: entry.taken_by_id == (user.pk if value == "ik" else None),
    }
    return [
        entry
        for entry in entries
        if all(not chosen.get(name) or test(entry, chosen[name]) for name, test in tests.items())
    ]


def open_comments(page: Page) -> "QuerySet[Comment]":
    """The comments of a page that nobody resolved, with their answers."""
    found: QuerySet[Comment] = (
        Comment.objects.filter(page=page.pk, resolved_at=None)
        .select_related("user")
        .prefetch_related("replies__user")
        .order_by("pk")
    )
    return found
