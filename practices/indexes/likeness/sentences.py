"""Why two municipalities are alike, in words with the facts: never a bare number."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.indexes.likeness.measure import NO_REASONS, Facts, Reason, share
from practices.models.municipalities import Province

URBANITY = {
    1: gettext_lazy("very strongly urban"),
    2: gettext_lazy("strongly urban"),
    3: gettext_lazy("moderately urban"),
    4: gettext_lazy("hardly urban"),
    5: gettext_lazy("not urban"),
}
"""The classes of CBS without their numbers, for inside a sentence."""


class Explanation(NamedTuple):
    """What two municipalities have in common, and what is not known of them."""

    reasons: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        """All reasons in one line."""
        return "; ".join(self.reasons)

    @property
    def unknown_text(self) -> str:
        """All that is not known in one line."""
        return "; ".join(self.unknown)


def reason_labels() -> dict[Reason, str]:
    """The reasons, as a visitor switches them off."""
    return {
        Reason.INHABITANTS: _("number of inhabitants"),
        Reason.URBANITY: _("urbanity"),
        Reason.PROVINCE: _("province"),
        Reason.NEIGHBOURS: _("neighbouring municipality"),
        Reason.PROBLEMS: _("radicalisation type"),
    }


def explain(one: Facts, other: Facts, without: frozenset[Reason] = NO_REASONS) -> Explanation:
    """The facts that count for the likeness of `other` to `one`, whose facts come first.

    There is a sentence for exactly those reasons in which they have something in common, and one
    for those of which something is not known; none for a reason in `without`.
    """
    shares = {reason: share(reason, one, other) for reason in Reason if reason not in without}
    return Explanation(
        tuple(_SENTENCES[reason](one, other) for reason, part in shares.items() if part),
        tuple(_not_known(reason, (one, other)) for reason, part in shares.items() if part is None),
    )


def unknown_of(one: Facts, without: frozenset[Reason] = NO_REASONS) -> tuple[str, ...]:
    """What is not known of one municipality, so that it counts in no comparison of it."""
    return explain(one, one, without).unknown


def urbanity_words(urbanity: int) -> str:
    """A class of CBS in words, without its number: zeer sterk stedelijk."""
    return str(URBANITY[urbanity])


def _inhabitants(one: Facts, other: Facts) -> str:
    first, second = (number_format(f.inhabitants, force_grouping=True) for f in (one, other))
    return _("%(one)s against %(other)s inhabitants") % {"one": first, "other": second}


def _urbanity(one: Facts, other: Facts) -> str:
    first, second = urbanity_words(one.urbanity or 0), urbanity_words(other.urbanity or 0)
    if first == second:
        return _("both %(what)s") % {"what": first}
    return _("%(one)s against %(other)s") % {"one": first, "other": second}


def _province(one: Facts, other: Facts) -> str:
    return _("both in %(province)s") % {"province": Province(one.province).label}


def _neighbours(one: Facts, other: Facts) -> str:
    return _("neighbouring municipalities")


def _problems(one: Facts, other: Facts) -> str:
    labels = (problem.label for problem in sorted(one.problems & other.problems))
    return _("both %(what)s") % {"what": _listed(label[:1].lower() + label[1:] for label in labels)}


def _not_known(reason: Reason, both: Iterable[Facts]) -> str:
    if reason is Reason.URBANITY:
        names = _listed(one.name for one in both if one.urbanity is None)
        return _("urbanity of %(names)s") % {"names": names}
    names = _listed(one.name for one in both if not one.problems)
    return _("radicalisation types in %(names)s") % {"names": names}


def _listed(items: Iterable[str]) -> str:
    return get_text_list(list(dict.fromkeys(items)), _("and"))


_SENTENCES: dict[Reason, Callable[[Facts, Facts], str]] = {
    Reason.INHABITANTS: _inhabitants,
    Reason.URBANITY: _urbanity,
    Reason.PROVINCE: _province,
    Reason.NEIGHBOURS: _neighbours,
    Reason.PROBLEMS: _problems,
}
