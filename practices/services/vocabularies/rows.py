"""The rows that hold terms: which practices have a term, and one term in the place of another.

Every function takes as many queries for one practice as for thousands, but for batches.
"""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import ReferenceIndex, Revision

from practices.models import GoalOutcome, PracticePage, Term, Trainer
from practices.models.contents import Outcome, combined, fields_of, renewed
from practices.models.relations import RELATIONS
from search.documents import batches

REVISIONS = 100
"""How many versions are read and written at a time: each holds a whole practice."""


def revisions_mentioning(term: Term) -> "QuerySet[Revision]":
    """The versions of practices with the number of a term where terms of its kind stand.

    In a row of a part the number may be another one; `revisions_having` looks closer.
    """
    number = rf"(^|[^0-9]){term.pk}([^0-9]|$)"
    mentions = Q()
    for name in fields_of(term.vocabulary):
        mentions |= Q(**{f"content__{name}__regex": number})
    practice = ContentType.objects.get_for_model(PracticePage)
    found: QuerySet[Revision] = Revision.objects.filter(mentions, content_type=practice)
    return found.order_by("pk")


def revisions_having(term: Term) -> Iterator[list[Revision]]:
    """All versions of practices in which a term stands, oldest first, in batches."""
    keys = list(revisions_mentioning(term).values_list("pk", flat=True))
    for batch in batches(keys, REVISIONS):
        rows = Revision.objects.filter(pk__in=batch).order_by("pk")
        having = [row for row in rows if renewed(row.content, {term.pk: 0}) is not None]
        if having:
            yield having


def move_rows(*, term: Term, into: Term) -> None:
    """Give everything in the database that has one term the other; nobody gets it twice."""
    for name in RELATIONS:
        _move(getattr(PracticePage, name).through, "practicepage", term, into)
    _move(Trainer.expertises.through, "trainer", term, into)
    Trainer.objects.filter(provider=term).update(provider=into)
    _combine_outcomes(term, into)
    GoalOutcome.objects.filter(goal=term).update(goal=into)
    _references(term).update(to_object_id=str(into.pk))


def practices_with_both(term: Term, into: Term) -> set[int]:
    """The practices that have an outcome of either goal."""
    return {stays.page_id for stays, _goes in _outcomes_of_both(term, into)}


def _move(through: type[Model], owner: str, term: Term, into: Term) -> None:
    rows = through._default_manager
    owners = rows.filter(term=into).values(owner)
    rows.filter(term=term, **{f"{owner}__in": owners}).delete()
    rows.filter(term=term).update(term=into)


def _outcomes_of_both(term: Term, into: Term) -> list[tuple[GoalOutcome, GoalOutcome]]:
    """Of practices that have an outcome of either goal: the one that stays, the one that goes."""
    both = GoalOutcome.objects.filter(goal=into).values("page")
    going = {one.page_id: one for one in GoalOutcome.objects.filter(goal=term, page__in=both)}
    other = GoalOutcome.objects.filter(goal=term).values("page")
    staying = GoalOutcome.objects.filter(goal=into, page__in=other).order_by("pk")
    return [(one, going[one.page_id]) for one in staying if one.page_id in going]


def _combine_outcomes(term: Term, into: Term) -> None:
    """A practice has a goal once, so two outcomes become one, with all that was written."""
    pairs = _outcomes_of_both(term, into)
    for stays, goes in pairs:
        both = combined(Outcome(stays.measure, stays.reached), Outcome(goes.measure, goes.reached))
        stays.measure, stays.reached = both
    staying = [stays for stays, _goes in pairs]
    GoalOutcome.objects.bulk_update(staying, ["measure", "reached"], batch_size=REVISIONS)
    for batch in batches([goes.pk for _stays, goes in pairs]):
        paths = [f"goal_outcomes.{key}.goal" for key in batch]
        _references(term).filter(content_path__in=paths).delete()
        gone = GoalOutcome.objects.filter(pk__in=batch)
        # Signals would tell the search index of each, which hears of all at once.
        gone._raw_delete(gone.db)


def _references(term: Term) -> "QuerySet[ReferenceIndex]":
    """What Wagtail noted of who refers to a term."""
    found: QuerySet[ReferenceIndex] = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Term), to_object_id=str(term.pk)
    )
    return found
