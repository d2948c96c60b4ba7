"""The months that figures are about."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

DEFAULT = 12
MOST = 36
"""More months do not fit in a plot, nor do they tell more."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first up to and including the last month; both are the first day of theirs."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment, in the zone of the site."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(later(self.last, 1))

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [later(self.first, number) for number in range(_between(self.first, self.last) + 1)]


def later(month: date, number: int) -> date:
    """The first day of the month that comes so many months later; negative for earlier."""
    count = month.year * 12 + month.month - 1 + number
    return date(count // 12, count % 12 + 1, 1)


def read_period(first: str, last: str, today: date) -> tuple[Period, str]:
    """The period that two months such as `2026-03` give, and what to say about it.

    What is empty gives the last twelve months; what cannot be read does too, and is said.
    """
    now = today.replace(day=1)
    from_, to = _read(first), _read(last)
    notice = ""
    if (first.strip() and from_ is None) or (last.strip() and to is None):
        notice = _("We could not read that month. Write it as %(example)s.") % {
            "example": f"{now:%Y-%m}"
        }
    to = to or (min(later(from_, DEFAULT - 1), now) if from_ and from_ <= now else from_ or now)
    from_ = from_ or later(to, 1 - DEFAULT)
    from_, to = sorted((from_, to))
    if _between(from_, to) >= MOST:
        from_ = later(to, 1 - MOST)
        notice = notice or _("You see the last %(number)d months of what you asked.") % {
            "number": MOST
        }
    return Period(from_, to), notice


def _read(text: str) -> date | None:
    found = _MONTH.fullmatch(text.strip())
    year, month = map(int, found.groups()) if found else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, 1)


def _between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def midnight(day: date) -> datetime:
    """The first moment of a day, in the zone of the site."""
    return timezone.make_aware(datetime.combine(day, time()))
