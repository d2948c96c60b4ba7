"""Whether somebody who finds a weakness knows whom to tell."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.services.readiness.questions import Answer, lacking, ready

SOON = timedelta(days=30)
LONGEST = timedelta(days=366)
"""RFC 9116: less than a year ahead, so that nobody reads what is long out of date."""


def weaknesses() -> Answer:
    """`security.txt` names an address that holds for a while."""
    contact, expires = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contact or expires is None:
        return lacking(
            _("Whoever finds a weakness does not read whom to tell: there is no security.txt."),
            _("Set SECURITY_CONTACT (mailto:… or https://…) and SECURITY_EXPIRES (a date)."),
        )
    if urlsplit(contact).scheme not in ("mailto", "https", "tel"):
        return lacking(
            _("SECURITY_CONTACT is no address that security.txt may hold."),
            _("Begin it with mailto:, https:// or tel:."),
        )
    return _until(expires, timezone.localdate())


def _until(expires: date, today: date) -> Answer:
    cure = _("Look whether the address still holds, and set SECURITY_EXPIRES to a later date.")
    if expires <= today:
        return lacking(_("security.txt has expired."), cure)
    if expires - today < SOON:
        return lacking(_("security.txt expires within a month."), cure)
    if expires - today > LONGEST:
        return lacking(
            _("security.txt holds for more than a year."),
            _("Set SECURITY_EXPIRES to a date within a year."),
        )
    return ready(_("security.txt says whom to tell of a weakness."))
