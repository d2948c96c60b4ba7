"""Mails about the review."""

from typing import Any

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task
from wagtail.models import Page

from practices.addresses import absolute, practice_address
from practices.configuration import configuration
from practices.models import PracticePage, ReviewTaskState, users
from practices.models.roles import EDITORS
from practices.services.mails.making import AUTOMATIC, mail, mail_user
from practices.services.moderation import confirmations

FOLDER = "practices/services/moderation"


def tell_editors(review: ReviewTaskState) -> None:
    """Tell every editor but the one who submitted that there is something to review."""
    if not configuration().review_mails:
        return
    editors = users.reachable(users.people()).filter(groups__name=EDITORS, is_active=True)
    for pk in editors.exclude(pk=review.submitted_by_id).values_list("pk", flat=True):
        send.enqueue("submitted", review.pk, pk)


def tell_author(review: ReviewTaskState) -> None:
    """Tell who asked for the review what was decided."""
    if not configuration().review_mails:
        return
    asked = {review.workflow_state.requested_by_id, review.submitted_by_id}
    kind = "approved" if review.status == ReviewTaskState.STATUS_APPROVED else "changes_asked"
    for pk in sorted(asked - {None, review.finished_by_id}):
        send.enqueue(kind, review.pk, pk)


@task(takes_context=True)
def send(context: TaskContext, kind: str, key: int, user: int) -> None:
    """Queue one mail to one user."""
    mail_user(context, _message, kind, key, user)


def _message(kind: str, key: int, recipient: User) -> EmailMessage | None:
    """The mail, made when it goes out; None when what it is about is gone."""
    context = _about_review(key) if kind in _SUBJECTS else _about_page(key, recipient)
    if context is None:
        return None
    subjects = _SUBJECTS | _ABOUT_PAGES
    body = render_to_string(f"{FOLDER}/{kind}.txt", {**context, "recipient": recipient})
    return mail(
        to=users.email_of(recipient),
        subject=str(subjects[kind]()) % {"title": context["title"]},
        body=body.strip() + "\n",
        headers=AUTOMATIC,
    )


def _about_review(key: int) -> dict[str, Any] | None:
    review = (
        ReviewTaskState.objects.filter(pk=key).select_related("revision", "submitted_by").first()
    )
    page = review and Page.objects.filter(pk=review.revision.object_id).specific().first()
    if not review or not page:
        return None
    return {
        **_about(page),
        "title": review.revision.object_str,
        "text": review.comment,
        "review_url": absolute(reverse("practices_review", args=[review.pk])),
    }


def _about_page(key: int, recipient: User) -> dict[str, Any] | None:
    page = Page.objects.filter(pk=key, live=True).specific().first()
    if page is None or (since := confirmations.since_of(page)) is None:
        return None
    return {
        **_about(page),
        "since": since,
        "confirm_url": absolute(confirmations.confirm_address(page, since)),
    }


def _about(page: Page) -> dict[str, Any]:
    url, municipality = "", page.title
    if isinstance(page, PracticePage):
        municipality = page.municipality.shown_name
        url = absolute(practice_address(page.municipality.slug, page.slug)) if page.live else ""
    return {
        "title": page.title,
        "municipality": municipality,
        "url": url,
        "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
    }


_SUBJECTS = {
    "submitted": lambda: _("To review: %(title)s"),
    "approved": lambda: _("Approved and published: %(title)s"),
    "changes_asked": lambda: _("Changes asked: %(title)s"),
}
_ABOUT_PAGES = {
    "review_due": lambda: _("Is your practice still right? %(title)s"),
    "review_reminder": lambda: _("Reminder: is your practice still right? %(title)s"),
    "review_unconfirmed": lambda: _("Last reminder: is your practice still right? %(title)s"),
}
