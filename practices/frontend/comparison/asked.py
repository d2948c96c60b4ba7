"""Which practices an address asks to compare, and what is said of what cannot be compared."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.questions.query import clean

PARAMETER = "p"
FEWEST, MOST = 2, 4
MOST_READ = 50
"""So many values of an address are looked at."""
MOST_NAMED = 3
_NUMBER = re.compile(r"0*([1-9][0-9]{0,8})", re.ASCII)


class Asked(NamedTuple):
    """Ids once each, in their order, and in Dutch what was not understood."""

    ids: list[int]
    notices: list[str]


def read(values: Sequence[str]) -> Asked:
    """The practices that an address asks for; never raises."""
    given = [value.strip() for value in values[:MOST_READ] if value.strip()]
    matches = [(value, _NUMBER.fullmatch(value)) for value in given]
    numbers = [int(match[1]) for _value, match in matches if match]
    nonsense = [value for value, match in matches if not match]
    ids = list(dict.fromkeys(numbers))
    notices = []
    if nonsense:
        notices.append(
            ngettext(
                "%(names)s is not the number of a practice. We left it out.",
                "%(names)s are not numbers of practices. We left them out.",
                len(set(nonsense)),
            )
            % {"names": _named(nonsense)}
        )
    if len(ids) < len(numbers):
        notices.append(_("You chose a practice more than once. You see it once."))
    return Asked(ids, notices)


def not_found(count: int) -> list[str]:
    """What is said of practices that are not there, or not for everybody: the same of both."""
    if not count:
        return []
    text = ngettext(
        "%(count)d practice that you chose does not exist, or is not public. We left it out.",
        "%(count)d practices that you chose do not exist, or are not public. We left them out.",
        count,
    )
    return [text % {"count": count}]


def too_many(count: int) -> list[str]:
    """What is said when there is no room for all."""
    if count <= MOST:
        return []
    return [
        _("You can compare %(most)d practices at most. You see the first %(most)d.")
        % {"most": MOST}
    ]


def _named(values: Iterable[str]) -> str:
    """A few of the values, short enough to show."""
    shown = [f"“{clean(value[:40])}”" for value in dict.fromkeys(values)]
    more = len(shown) - MOST_NAMED
    text = ", ".join(shown[:MOST_NAMED])
    return text + (" " + _("and %(count)d more") % {"count": more} if more > 0 else "")
