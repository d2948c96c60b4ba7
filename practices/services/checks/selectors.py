"""Reads of the checks."""

from dataclasses import dataclass

from django.db.models import Count

from practices.models import Overrule
from practices.services.checks.contradictions import RULES


@dataclass(frozen=True, slots=True)
class OverruleCount:
    """How many practices have a rule overruled; `label` names the rule."""

    code: str
    label: str
    count: int


def overrules_of(practice_id: int | None) -> dict[str, Overrule]:
    """The overrules of a practice by the code of the rule; one query, none for a new practice."""
    if practice_id is None:
        return {}
    rows = Overrule.objects.filter(practice=practice_id).select_related("author")
    return {row.rule: row for row in rows}


def overrule_counts() -> list[OverruleCount]:
    """For each rule how many practices overrule it, most first; one query.

    Rules that nobody overruled have 0. For a report to editors: a rule that is often overruled is
    wrong, or badly explained.
    """
    rows = Overrule.objects.values_list("rule").annotate(count=Count("pk")).order_by()
    counts = dict(rows)
    found = [OverruleCount(one.code, str(one.label), counts.get(one.code, 0)) for one in RULES]
    return sorted(found, key=lambda one: -one.count)
