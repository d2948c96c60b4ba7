"""When and how long: years, lengths and groups in words."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def period(start: int | None, end: int | None, *, is_running: bool) -> str:
    """The years in which a practice ran, in words; empty when unknown."""
    if start and end:
        return str(start) if start == end else f"{start}–{end}"
    if start:
        years = {"year": start}
        return (
            _("since %(year)s, still running") % years if is_running else _("from %(year)s") % years
        )
    if end:
        return _("up to %(year)s") % {"year": end}
    return _("still running") if is_running else ""


def duration(length: Decimal | None, unit: str) -> str:
    """A length in hours or dayparts, in words; empty when unknown."""
    if length is None or not unit:
        return ""
    number = number_format(Decimal(length).normalize())
    plural = 1 if length == 1 else 2
    if unit == "uur":
        return ngettext("%(number)s hour", "%(number)s hours", plural) % {"number": number}
    return ngettext("%(number)s daypart", "%(number)s dayparts", plural) % {"number": number}
