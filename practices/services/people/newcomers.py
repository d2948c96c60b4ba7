"""Mails that tell who is new: colleagues of the municipality, and the administrators.

Who makes an account for somebody who does not exist is noticed by those who would know them.
"""

from collections.abc import Collection
from functools import partial

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from practices.addresses import site_name
from practices.models import Municipality, Role, users
from practices.services.mails.making import AUTOMATIC, mail, mail_user, signature

NEWCOMER = "newcomer"


def tell_of(
    *, person: User, role: Role, municipalities: Collection[Municipality], by: User | None
) -> None:
    """Tell that somebody has a role from now on, an official for these municipalities.

    Neither that person nor whoever invited them is told.
    """
    colleagues = Q(groups__municipality_link__municipality__in=municipalities)
    told = users.reachable(users.people()).filter(Q(is_superuser=True) | colleagues, is_active=True)
    known = {person.pk, by.pk if by else None}
    names = [one.pk for one in municipalities]
    for pk in sorted(set(told.values_list("pk", flat=True)) - known):
        tell.enqueue(person.pk, str(role), names, by.pk if by else None, pk)


@task(takes_context=True)
def tell(
    context: TaskContext, person: int, role: str, municipalities: list[int], by: int | None, to: int
) -> None:
    """Queue one mail to one user."""
    make = partial(_message, role=role, municipalities=municipalities, by=by)
    mail_user(context, make, NEWCOMER, person, to)


def _message(
    _kind: str, key: int, recipient: User, *, role: str, municipalities: list[int], by: int | None
) -> EmailMessage | None:
    person = users.people().filter(pk=key).first()
    if person is None:
        return None
    inviter = users.people().filter(pk=by).first() if by else None
    found = Municipality.objects.filter(pk__in=municipalities).order_by("name")
    context = {
        "name": users.name_of(person),
        "email": users.email_of(person),
        "role": role,
        "municipalities": [one.shown_name for one in found],
        "inviter": users.name_of(inviter) if inviter else "",
        **signature(),
    }
    return mail(
        to=users.email_of(recipient),
        subject=_("New on %(site)s: %(name)s") % {"site": site_name(), "name": context["name"]},
        body=render_to_string("practices/services/people/newcomer.txt", context).strip() + "\n",
        headers=AUTOMATIC,
    )
