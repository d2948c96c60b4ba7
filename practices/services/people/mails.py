"""Mails about accounts."""

import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.addresses import absolute
from practices.models import Invitation
from practices.services.mails import MAIL_ERRORS, mail
from practices.services.people.tokens import signed

logger = logging.getLogger(__name__)


def send_invitation(*, invitation: int, token: str) -> None:
    """Mail the link of an invitation; notes when that went well, logs when not."""
    row = Invitation.objects.filter(pk=invitation).exclude(email="").first()
    if row is None:
        return
    names = [municipality.shown_name for municipality in row.municipalities.order_by("name")]
    context = {
        "municipalities": names,
        "link": absolute(f"/uitnodiging/{signed(token)}/"),
        "until": date_format(timezone.localtime(row.expires_at), "j F Y"),
        "site": settings.BASE_URL,
    }
    message = mail(
        to=row.email,
        subject=_("Invitation to write on WegWijzer"),
        body=render_to_string("practices/services/people/invitation.txt", context),
    )
    try:
        message.send()
    except MAIL_ERRORS as error:
        # Without the traceback: the server's answer may hold the address.
        logger.error("Invitation %s was not sent: %s.", row.pk, type(error).__name__)
        return
    Invitation.objects.filter(pk=row.pk).update(mailed_at=timezone.now())
