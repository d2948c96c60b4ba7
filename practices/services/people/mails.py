"""Mails about accounts."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from practices.addresses import absolute, site_name
from practices.models import Invitation, Role
from practices.services.mails import outcomes
from practices.services.mails.delivery import send_now
from practices.services.mails.making import mail, signature
from practices.services.mails.queue import put
from practices.services.people.tokens import signed

INVITATION = "invitation"


SUBJECTS = {
    Role.OFFICIAL: gettext_lazy("Invitation to write on %(site)s"),
    Role.EDITOR: gettext_lazy("Invitation to be an editor of %(site)s"),
    Role.ADMINISTRATOR: gettext_lazy("Invitation to administer %(site)s"),
}


def link_of(token: str) -> str:
    """The whole address of the page on which an invitation is accepted."""
    return absolute(f"/uitnodiging/{signed(token)}/")


def send_invitation(*, invitation: int, token: str) -> None:
    """Queue the mail with the link of an invitation."""
    row = _with_address(invitation)
    if row is not None:
        put(_message(row, token), kind=INVITATION, key=row.pk)


def send_invitation_now(*, invitation: int, token: str) -> bool:
    """Send it while somebody waits, who is told otherwise where that fails; whether it went."""
    row = _with_address(invitation)
    if row is None or not send_now(_message(row, token)):
        return False
    note_mailed(row.pk)
    return True


@outcomes.when_sent(INVITATION)
def note_mailed(invitation: int) -> None:
    """Note when a mail server took it."""
    Invitation.objects.filter(pk=invitation).update(mailed_at=timezone.now())


def _with_address(invitation: int) -> Invitation | None:
    return Invitation.objects.filter(pk=invitation).exclude(email="").first()


def _message(row: Invitation, token: str) -> EmailMessage:
    names = [municipality.shown_name for municipality in row.municipalities.order_by("name")]
    context = {
        "municipalities": names,
        "role": row.role,
        "link": link_of(token),
        "until": date_format(timezone.localtime(row.expires_at), "j F Y"),
        **signature(),
    }
    return mail(
        to=row.email,
        subject=str(SUBJECTS[Role(row.role)]) % {"site": site_name()},
        body=render_to_string("practices/services/people/invitation.txt", context),
    )
