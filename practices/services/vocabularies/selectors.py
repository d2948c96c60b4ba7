"""Reads on the vocabularies: what a merge will change, the order of terms, their practices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from practices.addresses import search_address
from practices.models import GoalOutcome, PracticePage, Term, Trainer
from practices.models.relations import RELATIONS
from practices.services.record import practices_having
from practices.services.vocabularies.rows import practices_with_both, revisions_having


@dataclass(frozen=True, slots=True)
class Preview:
    """What will change when a term is merged into another."""

    public: int
    """Practices that everybody may read."""
    drafts: int
    """Practices with a newest version that is not public."""
    versions: int
    """All saved versions, older ones included."""
    both: int
    """Practices with an outcome of either learning goal."""
    children: Sequence[Term]
    addresses: Sequence[str]
    """Those that will lead on."""
    address: str
    """Where they will lead."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A term with the terms under it, in the editors' order."""

    term: Term
    children: list["Branch"] = field(default_factory=list)


def preview(term: Term, into: Term) -> Preview:
    """What merging a term into another will change; it reads all versions that have the term."""
    having = practices_having(term)
    both = practices_with_both(term, into)
    versions: set[int] = set()
    for batch in revisions_having(term):
        for revision in batch:
            versions.add(revision.pk)
            rows = revision.content.get("goal_outcomes") or []
            if {term.pk, into.pk} <= {row.get("goal") for row in rows}:
                both.add(int(revision.object_id))
    live = set(PracticePage.objects.live().values_list("pk", flat=True))
    former = term.former_values.order_by("slug").values_list("slug", flat=True)
    return Preview(
        public=len(having & live),
        drafts=_drafts(having, versions),
        versions=len(versions),
        both=len(both),
        children=list(term.children.all()),
        addresses=[search_address(**{term.vocabulary: slug}) for slug in (term.slug, *former)],
        address=search_address(**{into.vocabulary: into.slug}),
    )


def _drafts(having: set[int], versions: set[int]) -> int:
    unpublished = PracticePage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return sum(
        newest in versions if newest else page in having
        for page, newest in unpublished.values_list("pk", "latest_revision")
    )


def problem_of(term: Term, into: Term) -> str:
    """Why a term cannot be merged into another, in a sentence; empty if it can."""
    if term.pk == into.pk:
        return _("Choose another term than the term itself.")
    if term.vocabulary != into.vocabulary:
        return _("Choose a term of the same vocabulary.")
    if into.parent_id and term.children.exists():
        return _(
            "There are terms under “%(term)s”, and “%(into)s” stands under a term itself. Terms "
            "have at most two levels. Choose a term that stands under no other."
        ) % {"term": term.label, "into": into.label}
    return ""


def targets(term: Term) -> "QuerySet[Term]":
    """The terms that a term can be merged into, retired ones too."""
    found = Term.objects.filter(vocabulary=term.vocabulary).exclude(pk=term.pk)
    return found.filter(parent=None) if term.children.exists() else found


def tree(terms: Iterable[Term]) -> list[Branch]:
    """The terms of one vocabulary, narrower ones under their broader one.

    A learning goal stands under a theme, which is of another vocabulary: goals are one list.
    """
    in_order = sorted(terms, key=lambda term: (term.position, term.label))
    branches = {term.pk: Branch(term) for term in in_order}
    tops: list[Branch] = []
    for term in in_order:
        above = branches.get(term.parent_id or 0)
        (above.children if above else tops).append(branches[term.pk])
    return tops


def with_counts(terms: "QuerySet[Term]") -> "QuerySet[Term]":
    """The terms with `number`: how many practices have each, drafts included."""
    found: Any = Value(0)
    deliveries = PracticePage.deliveries.through.objects
    for name in RELATIONS:
        found += _count(getattr(PracticePage, name).through.objects, "term", "practicepage")
    found += _count(Trainer.expertises.through.objects, "term", "trainer__page")
    found += _count(GoalOutcome.objects, "goal", "page")
    # A kind of provider is also a way of delivery: practices with both count once.
    has_both = deliveries.filter(term=OuterRef("provider"), practicepage=OuterRef("page"))
    found += _count(Trainer.objects.exclude(Exists(has_both)), "provider", "page")
    return terms.annotate(number=found)


def _count(rows: Any, term: str, practice: str) -> Any:
    counted = (
        rows.filter(**{term: OuterRef("pk")})
        .order_by()
        .values(term)
        .annotate(practices=Count(practice, distinct=True))
        .values("practices")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
