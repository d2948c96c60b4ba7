"""The first administrator: invited, so that nobody but the owner of the address has a password."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import Invitation, InvitationState, Role
from practices.services.mails.delivery import backend
from practices.services.people.accounts import make_invitation, withdraw
from practices.services.people.mails import link_of, send_invitation_now
from practices.services.people.selectors import account_of, has_role, waiting
from practices.services.setup.steps import SetupError

LONGEST = 150
NO_MAIL = ("console", "dummy")
"""The backends of Django that send nothing."""


def invite_administrator(*, email: str, is_again: bool = False) -> list[str]:
    """Invite somebody to administer the site; the link is told where it could not be mailed.

    Who administers it already gets nothing, nor does who was invited before, unless `is_again`.
    Raises `SetupError`.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise SetupError(
            _("“%(email)s” is not an e-mail address. Give one, as in: --admin name@example.org")
            % {"email": email}
        ) from None
    if len(email) > LONGEST:
        raise SetupError(_("This e-mail address is too long: at most 150 characters."))
    account = account_of(email)
    if account is not None and not account.is_active:
        raise SetupError(
            _("The account of %(email)s was deactivated. Another administrator reactivates it.")
            % {"email": email}
        )
    if account is not None and has_role(account, Role.ADMINISTRATOR):
        return [_("%(email)s administers the site already; nothing was sent.") % {"email": email}]
    return _invite(email, is_again)


def _invite(email: str, is_again: bool) -> list[str]:
    with transaction.atomic():
        known = waiting(email).select_for_update().first()
        if known and known.state == InvitationState.OPEN and not is_again:
            return [_open_already(known)]
        if known:
            withdraw(invitation=known.pk)
        invitation, token = make_invitation(
            email=email, municipalities=(), by=None, role=Role.ADMINISTRATOR
        )
    if not any(name in backend() for name in NO_MAIL):
        if send_invitation_now(invitation=invitation.pk, token=token):
            return [_("Invitation sent to %(email)s.") % {"email": email}]
        problem = _(
            "The mail to %(email)s could not be sent. See to the settings for mail, and the server."
        )
    else:
        problem = _("Mail is not set up, so %(email)s was not mailed.")
    advice = _("With this link an account is made; it works until %(until)s, and once:")
    until = date_format(timezone.localtime(invitation.expires_at), "j F Y")
    return [problem % {"email": email}, advice % {"until": until}, link_of(token)]


def _open_already(invitation: Invitation) -> str:
    until = date_format(timezone.localtime(invitation.expires_at), "j F Y")
    facts = {"email": invitation.email, "until": until}
    if invitation.role != Role.ADMINISTRATOR:
        return (
            _(
                "%(email)s has been invited as something else, until %(until)s. With --again that "
                "invitation is withdrawn for one as administrator."
            )
            % facts
        )
    return (
        _(
            "%(email)s was invited before, and the link works until %(until)s. Nothing was sent. "
            "A new link: the same command with --again."
        )
        % facts
    )
