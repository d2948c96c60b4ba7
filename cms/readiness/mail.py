"""Whether mail goes out, and a mail to try it."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.addresses import absolute
from practices.services.mail_record import mail_record
from practices.services.mails.delivery import backend, send_now
from practices.services.mails.making import AUTOMATIC, mail
from practices.services.readiness.questions import Answer, lacking, ready

NO_MAIL = ("console", "dummy")
"""The backends of Django that send nothing."""


def goes_out() -> bool:
    """Whether the settings name a mail server."""
    return not any(name in backend() for name in NO_MAIL)


def mail_goes_out() -> Answer:
    """A mail went out once, and none failed since."""
    if not goes_out():
        return lacking(
            _("Mail is not set up: nobody gets an invitation."),
            _("Set EMAIL_URL and DEFAULT_FROM_EMAIL, and start the site anew."),
        )
    found = mail_record()
    cure = _("Send yourself a mail, in the admin under “Is this site ready?”.")
    if found.sent_at is None and found.failed_at is None:
        return lacking(_("No mail was ever sent."), cure)
    if found.sent_at is None or (found.failed_at and found.failed_at > found.sent_at):
        return lacking(
            _("The last mail was not sent, on %(day)s.") % {"day": _moment(found.failed_at)},
            _("See to EMAIL_URL; the log of the server says more.") + " " + cure,
        )
    return ready(_("A mail went out on %(day)s.") % {"day": _moment(found.sent_at)})


def send_trial(*, address: str) -> bool:
    """Send one mail to see whether that works, and remember it; whether it did."""
    return send_now(
        mail(
            to=address,
            subject=_("Mail from WegWijzer arrives"),
            body=_("This mail was sent to see whether mail works. It does.")
            + f"\n\n--\nWegWijzer\n{absolute('')}\n",
            headers=AUTOMATIC,
        )
    )


def _moment(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y H:i")  # type: ignore[arg-type]
