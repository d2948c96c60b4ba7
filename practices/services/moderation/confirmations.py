"""Confirming that a published practice is still right: since when, by which link, and by whom."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from practices.models import HistoryEntry, PracticePage, ReviewReminder
from practices.services.moderation.due import REMINDERS, due_since, is_unconfirmed

SALT = "practices.moderation.confirm"
LINK_DAYS = 90


class LinkError(Exception):
    """A link that is not ours, or for another page than it says."""


class LinkExpiredError(LinkError):
    """A link that was ours, but too long ago."""


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
