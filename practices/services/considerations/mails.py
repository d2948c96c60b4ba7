"""Mails to officials about what they consider."""

from typing import Any

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from practices.addresses import absolute
from practices.indexes import registers
from practices.models import Consideration, IntroductionAnswer, users
from practices.services.considerations.cells import cell_of
from practices.services.considerations.selectors import TO_ANSWER
from practices.services.mails.making import AUTOMATIC, mail, mail_user

FOLDER = "practices/services/considerations"


@task(takes_context=True)
def tell(context: TaskContext, kind: str, key: int, user: int) -> None:
    """Queue one mail to one official.

    `asked` and `introduced` are about the answer with this key, `first` about a consideration.
    """
    mail_user(context, _message, kind, key, user)


def _message(kind: str, key: int, person: User) -> EmailMessage | None:
    """The mail, made when it goes out; None when what it is about is gone."""
    found = _about_first(key) if kind == "first" else _about_introduction(key)
    if found is None:
        return None
    context = {"page": absolute(reverse("practices_considering:list")), **found}
    return mail(
        to=users.email_of(person),
        subject=str(_SUBJECTS[kind]()) % {"what": context["what"]},
        body=render_to_string(f"{FOLDER}/{kind}.txt", context).strip() + "\n",
        # Whoever is introduced answers the other, and nobody else's address is in any mail.
        reply_to=[context["other_email"]] if kind == "introduced" else None,
        headers=AUTOMATIC,
    )


def _about_introduction(key: int) -> dict[str, Any] | None:
    own = (
        IntroductionAnswer.objects.filter(pk=key)
        .select_related("introduction", "consideration__municipality")
        .first()
    )
    if own is None:
        return None
    about = _about(own.consideration)
    until = timezone.localtime(own.introduction.made_at + TO_ANSWER)
    if about is None or own.introduction.introduced_at is None:
        return about and {**about, "until": until}
    others = own.introduction.answers.exclude(pk=own.pk)
    other = others.select_related("answered_by", "consideration__municipality").first()
    if other is None or other.answered_by is None:
        return None
    place = other.consideration.municipality.current.shown_name
    person = other.answered_by
    return {
        **about,
        "place": place,
        "other_name": users.name_of(person),
        "other_email": users.email_of(person),
    }


def _about_first(key: int) -> dict[str, Any] | None:
    row = Consideration.objects.filter(pk=key).select_related("municipality").first()
    return None if row is None else _about(row)


def _about(row: Consideration) -> dict[str, Any] | None:
    cell = cell_of(row.cell, registers.current().facets)
    if cell is None:
        return None
    return {
        "what": cell.label,
        "search": absolute(cell.search_url),
        "municipality": row.municipality.current.shown_name,
    }


_SUBJECTS = {
    "asked": lambda: _("Another municipality considers this too: %(what)s"),
    "introduced": lambda: _("You both consider this: %(what)s"),
    "first": lambda: _("The first practice is there: %(what)s"),
}
