"""Tells the owner of an account what was done to it, in case somebody else did it."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from practices.addresses import absolute, site_name
from practices.models import Act, AuditEvent, users
from practices.services.mails.making import AUTOMATIC, mail, signature
from practices.services.mails.queue import put

NEW_BROWSER = "new_browser"
"""The detail of a log-in from a browser that did not log in to the account before."""
SUBJECTS: dict[str, Any] = {
    Act.LOGGED_IN: gettext_lazy("Logged in to %(site)s from a new browser"),
    Act.PASSWORD_SET: gettext_lazy("A new password for %(site)s"),
    Act.RIGHTS_GIVEN: gettext_lazy("More rights on %(site)s"),
}


def tell(event: AuditEvent) -> None:
    """Queue the mail about an act on an account, to who has it; for most acts there is none.

    Whoever never logged in knows nothing of an account yet, and is told by the invitation.
    """
    if event.act not in SUBJECTS or event.kind != get_user_model()._meta.label_lower:
        return
    if event.act == Act.LOGGED_IN and not event.details.get(NEW_BROWSER):
        return
    log_ins = AuditEvent.objects.filter(act=Act.LOGGED_IN, by=event.key).exclude(pk=event.pk)
    owner = users.reachable(users.people()).filter(pk=event.key, is_active=True).first()
    if owner is not None and log_ins.exists():
        with translation.override(settings.LANGUAGE_CODE):
            put(_message(event, owner), kind="notice", key=event.pk)


def _message(event: AuditEvent, owner: User) -> EmailMessage:
    context = {
        "act": event.act,
        "when": date_format(timezone.localtime(event.at), "j F Y H:i"),
        "network": event.network,
        "rights": event.details.get("rights", []),
        "new_password": absolute(reverse("wagtailadmin_password_reset")),
        **signature(),
    }
    return mail(
        to=users.email_of(owner),
        subject=str(SUBJECTS[event.act]) % {"site": site_name()},
        body=render_to_string("practices/services/people/notice.txt", context),
        headers=AUTOMATIC,
    )
