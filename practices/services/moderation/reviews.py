"""Asking, 24 months after publication, whether a practice is still right."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from practices.models import HistoryEntry, PracticePage, ReviewReminder, ReviewTaskState
from practices.selectors.retirement import in_practice
from practices.services.moderation import mails
from practices.services.moderation.due import (
    REMINDERS,
    due_since,
    earliest,
    is_due,
    is_unconfirmed,
    reminders_due,
)
from practices.services.moderation.states import review_status
from practices.services.people.roles import EDITORS

SALT = "practices.moderation.confirm"
LINK_DAYS = 90
KINDS = ("review_due", "review_reminder", "review_unconfirmed")
"""The mail of each turn."""


class LinkError(Exception):
    """A link that is not ours, or for another page than it says."""


class LinkExpiredError(LinkError):
    """A link that was ours, but too long ago."""


def send_due_reviews(now: datetime | None = None) -> int:
    """Ask the authors of practices that are due, or remind them; how many mails went out.

    Safe to repeat, and with two runs at once: the row of a reminder is written once.
    """
    moment = now or timezone.now()
    return sum(_ask(page, moment) for page in list(_candidates(moment)))


def since_of(page: Page) -> datetime | None:
    """The last publication or confirmation of a practice that is public now."""
    found = PracticePage.objects.filter(pk=page.pk, live=True).annotate(since=due_since())
    since: datetime | None = found.values_list("since", flat=True).first()
    return since


def unconfirmed_since(page: Page, now: datetime | None = None) -> datetime | None:
    """Since when nobody confirmed a practice, if its author was asked three times in vain."""
    asked = ReviewReminder.objects.filter(
        page=OuterRef("pk"), since=OuterRef("since"), number=len(REMINDERS) - 1
    )
    found = (
        PracticePage.objects.filter(pk=page.pk, live=True)
        .annotate(since=due_since(), was_asked=Exists(asked))
        .values_list("since", "was_asked")
    )
    since, was_asked = found.first() or (None, False)
    is_due = since is not None and was_asked and is_unconfirmed(since, now or timezone.now())
    return since if is_due else None


def confirm_address(page: Page, since: datetime) -> str:
    """The address of the signed link with which an author confirms a practice in one click."""
    token = signing.dumps([page.pk, since.isoformat()], salt=SALT)
    return reverse("practices:confirm", args=[token])


def read_link(token: str) -> tuple[PracticePage, datetime]:
    """The practice of a link, and the publication that it asks about.

    Raises `LinkExpiredError`, or `LinkError` for whatever else is wrong.
    """
    try:
        pk, since = signing.loads(token, salt=SALT, max_age=timedelta(days=LINK_DAYS))
    except signing.SignatureExpired as error:
        raise LinkExpiredError from error
    except signing.BadSignature as error:
        raise LinkError from error
    page = PracticePage.objects.filter(pk=pk, live=True).select_related("municipality").first()
    if page is None:
        raise LinkError
    return page, datetime.fromisoformat(since)


@transaction.atomic
def confirm(*, page: Page, since: datetime, user: User | None = None) -> bool:
    """Note that a practice is still right; False when it was published or confirmed meanwhile."""
    Page.objects.select_for_update().get(pk=page.pk)
    if since_of(page) != since:
        return False
    HistoryEntry.objects.create(
        page_id=page.pk,
        kind=HistoryEntry.Kind.CONFIRMED,
        happened_at=timezone.now(),
        user=user,
    )
    return True


def recipients(page: PracticePage) -> list[int]:
    """Whom to ask: who submitted it last, else its owner, else all officials of the municipality.

    Editors are asked where a municipality has nobody left.
    """
    policy = PagePermissionPolicy()
    officials = policy.users_with_any_permission_for_instance(
        {"change"}, page, include_superusers=False
    )
    reachable = officials.exclude(email="").exclude(groups__name=EDITORS)
    ids = set(reachable.values_list("pk", flat=True))
    for pk in (_last_submitter(page), page.owner_id):
        if pk is not None and pk in ids:
            return [pk]
    if ids:
        return sorted(ids)
    editors = User.objects.filter(groups__name=EDITORS, is_active=True).exclude(email="")
    return sorted(editors.values_list("pk", flat=True))


def _candidates(now: datetime) -> "Iterator[PracticePage]":
    """Public practices that may be due, not archived, and not under review already."""
    pages = in_practice(PracticePage.objects.filter(live=True))
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
