"""What is written in a version of a practice, with one term in the place of another.

Pure: the same text gives the same text, so that versions that were equal stay equal.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from practices.models.parts import Reached
from practices.models.relations import RELATIONS
from practices.models.terms import Vocabulary

Content = dict[str, Any]

KNOWN = {Reached.YES.value, Reached.PARTLY.value, Reached.NO.value}

_CHILDREN = {
    Vocabulary.EXPERTISE: ("trainers",),
    Vocabulary.DELIVERY: ("trainers",),
    Vocabulary.LEARNING_GOAL: ("goal_outcomes",),
}


class Outcome(NamedTuple):
    """What came of a learning goal."""

    measure: str
    reached: str


def fields_of(vocabulary: str) -> tuple[str, ...]:
    """The names in a version under which terms of a vocabulary stand."""
    fields = tuple(name for name, of in RELATIONS.items() if of == vocabulary)
    return fields + _CHILDREN.get(Vocabulary(vocabulary), ())


def renewed(content: Mapping[str, Any], terms: Mapping[int, int]) -> Content | None:
    """The content with other terms (by primary key: old to new); None if there is none of them."""
    changed: Content = {}
    for name in RELATIONS:
        old = content.get(name) or []
        if (new := _replaced(old, terms)) != old:
            changed[name] = new
    trainers = content.get("trainers") or []
    if (new_trainers := [_trainer(row, terms) for row in trainers]) != trainers:
        changed["trainers"] = new_trainers
    outcomes = content.get("goal_outcomes") or []
    if any(row.get("goal") in terms for row in outcomes):
        changed["goal_outcomes"] = _outcomes(outcomes, terms)
    return {**content, **changed} if changed else None


def combined(kept: Outcome, gone: Outcome) -> Outcome:
    """Two outcomes of goals that are one now: both texts; a result rather than none.

    Goals that were reached to a different degree are together reached partly.
    """
    texts = dict.fromkeys(text for text in (kept.measure, gone.measure) if text.strip())
    results = {kept.reached, gone.reached}
    # Without a result there is nothing, or "niet_gemeten", which is the greater of the two.
    known = results & KNOWN or {max(results)}
    reached = known.pop() if len(known) == 1 else Reached.PARTLY.value
    return Outcome("\n\n".join(texts), reached)


def _replaced(old: list[int], terms: Mapping[int, int]) -> list[int]:
    if not any(term in terms for term in old):
        return old
    present = set(old)
    # Where both are chosen, the one that is left keeps its place.
    new = [term for term in old if terms.get(term) not in present]
    return list(dict.fromkeys(terms.get(term, term) for term in new))


def _trainer(row: Content, terms: Mapping[int, int]) -> Content:
    expertises = row.get("expertises") or []
    provider: Any = row.get("provider")
    new = {"expertises": _replaced(expertises, terms), "provider": terms.get(provider, provider)}
    if new == {"expertises": expertises, "provider": provider}:
        return row
    return {**row, **new}


def _outcomes(rows: list[Content], terms: Mapping[int, int]) -> list[Content]:
    """The rows with the new goal; a row whose goal another row has already is added to that."""
    copies = [dict(row) for row in rows]
    owners = {row.get("goal"): row for row in copies if row.get("goal") not in terms}
    result = []
    for row in copies:
        goal: Any = row.get("goal")
        kept = owners.get(terms[goal]) if goal in terms else None
        if kept is not None:
            kept.update(combined(_outcome(kept), _outcome(row))._asdict())
            continue
        if goal in terms:
            row["goal"] = terms[goal]
            owners[terms[goal]] = row
        result.append(row)
    return result


def _outcome(row: Content) -> Outcome:
    return Outcome(row.get("measure") or "", row.get("reached") or "")
