"""Asking, 24 months after publication, whether a practice is still right."""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from wagtail.models import WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from practices.configuration import configuration
from practices.models import PracticePage, ReviewReminder, ReviewTaskState, users
from practices.models.roles import EDITORS
from practices.selectors.retirement import not_archived
from practices.services.moderation import mails
from practices.services.moderation.due import (
    REMINDERS,
    due_since,
    earliest,
    is_due,
    reminders_due,
)
from practices.services.moderation.states import review_status
from search import clock

KINDS = ("review_due", "review_reminder", "review_unconfirmed")
"""The mail of each turn."""


def send_due_reviews(now: datetime | None = None) -> int:
    """Ask the authors of practices that are due, or remind them; how many mails went out.

    Safe to repeat, and with two runs at once: the row of a reminder is written once.
    """
    if not configuration().review_mails:
        return 0
    moment = now or clock.now()
    return sum(_ask(page, moment) for page in list(_candidates(moment)))


def recipients(page: PracticePage) -> list[int]:
    """Whom to ask: who submitted it last, else its owner, else all officials of the municipality.

    Editors are asked where a municipality has nobody left.
    """
    policy = PagePermissionPolicy()
    officials = policy.users_with_any_permission_for_instance(
        {"change"}, page, include_superusers=False
    )
    asked = users.reachable(officials).exclude(groups__name=EDITORS)
    ids = set(asked.values_list("pk", flat=True))
    for pk in (_last_submitter(page), page.owner_id):
        if pk is not None and pk in ids:
            return [pk]
    if ids:
        return sorted(ids)
    editors = users.reachable(users.people()).filter(groups__name=EDITORS, is_active=True)
    return sorted(editors.values_list("pk", flat=True))


def _candidates(now: datetime) -> "Iterator[PracticePage]":
    """Public practices that may be due, not archived, and not under review already."""
    pages = not_archived(PracticePage.objects.filter(live=True))
    pages = pages.annotate(since=due_since(), review=review_status())
    old = pages.filter(since__lte=earliest(now)).order_by("pk")
    for page in old:
        if page.review != WorkflowState.STATUS_IN_PROGRESS and is_due(page.since, now):
            yield page


def _ask(page: PracticePage, now: datetime) -> int:
    """Send the next mail of a practice, if its turn has come; one at a time after a standstill."""
    since: datetime = page.since
    sent = ReviewReminder.objects.filter(page=page, since=since).order_by("-number")
    last = sent.first()
    number = last.number + 1 if last else 0
    if number >= reminders_due(since, now):
        return 0
    if last and now - last.sent_at < REMINDERS[number] - REMINDERS[number - 1]:
        return 0
    asked = recipients(page)
    try:
        with transaction.atomic():
            ReviewReminder.objects.create(page=page, since=since, number=number, sent_at=now)
            for user in asked:
                mails.send.enqueue(KINDS[number], page.pk, user)
    except IntegrityError:
        return 0
    return len(asked)


def _last_submitter(page: PracticePage) -> int | None:
    approved = ReviewTaskState.objects.filter(
        status=ReviewTaskState.STATUS_APPROVED, revision__object_id=str(page.pk)
    )
    return approved.order_by("-finished_at").values_list("submitted_by", flat=True).first()
