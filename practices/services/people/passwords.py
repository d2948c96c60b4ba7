"""The mail with the link to a new password."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import TaskContext, task

from practices.addresses import absolute
from practices.models import Act, users
from practices.services.audit.recording import record
from practices.services.mails.making import AUTOMATIC, mail
from practices.services.mails.queue import put
from search.tasks import ASIDE, note_done

FOLDER = "wagtailadmin/account/password_reset"
"""Wagtail's own texts, which a site may have replaced."""


@task(takes_context=True, priority=ASIDE)
def send_link(context: TaskContext, accounts: list[int]) -> None:
    """Queue the mail to each of these accounts, or to nobody; the link is made here only."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        asking = users.people().filter(pk__in=accounts, is_active=True)
        for user in users.reachable(asking):
            _queue_link(user)
            record(Act.PASSWORD_ASKED, on=user)
        note_done(context)


def _queue_link(user: User) -> None:
    site = urlsplit(absolute("/"))
    context = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
        "protocol": site.scheme,
        "domain": site.netloc,
    }
    message = mail(
        to=users.email_of(user),
        subject=render_to_string(f"{FOLDER}/email_subject.txt", context),
        body=render_to_string(f"{FOLDER}/email.txt", context).strip() + "\n",
        headers=AUTOMATIC,
    )
    put(message, kind="password", key=user.pk)
