"""All that is said of a practice while it is written, in one value for the panel."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.models import Overrule
from practices.selectors import Card
from practices.services.checks.completeness import Missing, missing
from practices.services.checks.contradictions import Contradiction, contradictions
from practices.services.checks.facts import Draft
from practices.services.checks.identifiability import Finding, findings
from practices.services.checks.outline import Place, place_of

MOST_FINDINGS = 20


@dataclass(frozen=True)
class Point:
    """One thing to look at: the sentence, and where in the form."""

    sentence: str
    place: Place
    code: str = ""
    text: str = ""
    overrule: Overrule | None = None


@dataclass(frozen=True)
class Report:
    """What is missing, contradicts itself (open or overruled) or points at persons; what is alike.

    `more_persons` counts the points that are not listed, because there are very many.
    """

    missing: tuple[Point, ...]
    open: tuple[Point, ...]
    overruled: tuple[Point, ...]
    persons: tuple[Point, ...]
    more_persons: int = 0
    alike: tuple[Card, ...] = field(default=())

    @property
    def count(self) -> int:
        """How many things ask for the author's attention."""
        return len(self.missing) + len(self.open) + len(self.persons) + self.more_persons

    @property
    def status(self) -> str:
        """The report in a sentence or two, for those who hear it."""
        lacking = len(self.missing)
        first = (
            ngettext(
                "%(count)d thing is missing before you can submit.",
                "%(count)d things are missing before you can submit.",
                lacking,
            )
            % {"count": lacking}
            if lacking
            else _("Everything that is needed to submit is there.")
        )
        others = self.count - lacking
        if not others:
            return first
        second = ngettext("%(count)d point to look at.", "%(count)d points to look at.", others) % {
            "count": others
        }
        return f"{first} {second}"


def report_on(
    draft: Draft, overrules: Mapping[str, Overrule], alike: tuple[Card, ...] = ()
) -> Report:
    """The report on a draft, with the overrules of its practice."""
    points = [_of_rule(one, overrules.get(one.code)) for one in contradictions(draft)]
    persons = _of_persons(findings(draft))
    return Report(
        missing=tuple(_of_missing(one) for one in missing(draft)),
        open=tuple(point for point in points if point.overrule is None),
        overruled=tuple(point for point in points if point.overrule),
        persons=tuple(persons[:MOST_FINDINGS]),
        more_persons=max(0, len(persons) - MOST_FINDINGS),
        alike=alike,
    )


def _of_missing(one: Missing) -> Point:
    return Point(one.sentence, place_of(one.field))


def _of_rule(one: Contradiction, overrule: Overrule | None) -> Point:
    return Point(one.sentence, place_of(one.field), code=one.code, overrule=overrule)


def _of_persons(found: tuple[Finding, ...]) -> list[Point]:
    """A point for each text that was found, once for each field."""
    unique = dict.fromkeys((one.field, one.text, one.sentence) for one in found)
    return [Point(sentence, place_of(name), text=text) for name, text, sentence in unique]
