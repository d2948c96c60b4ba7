"""Brings together municipalities that consider the same, each two of them once."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django_tasks import task

from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.models import Consideration, Introduction, IntroductionAnswer
from practices.services.considerations.mails import tell
from practices.services.considerations.selectors import officials_of, standing


@task()
def look_for_others(consideration: int) -> None:
    """Ask a municipality, and each other one that considers the same, whether they want to meet.

    Run after the commit, so that of two who come at once the later sees the earlier. Safe to
    repeat.
    """
    renew_cells()
    row = standing().filter(pk=consideration).first()
    if row is None:
        return
    for other in standing().filter(cell=row.cell).exclude(pk=row.pk):
        _bring_together(*sorted((row, other), key=lambda one: one.pk))


def renew_cells() -> None:
    """Let considerations have the terms of now; one that the municipality has already goes."""
    former = registers.current().former
    for row in Consideration.objects.order_by("pk"):
        cell = renewed_query(QueryDict(row.cell), former)
        if cell is None:
            continue
        if Consideration.objects.filter(municipality=row.municipality_id, cell=cell).exists():
            row.delete()
        else:
            Consideration.objects.filter(pk=row.pk).update(cell=cell)


def forget_the_merged() -> None:
    """Remove what was asked of two municipalities that are one by now."""
    for row in Introduction.objects.select_related("first__municipality", "second__municipality"):
        if row.first.municipality.current == row.second.municipality.current:
            row.delete()


def _bring_together(first: Consideration, second: Consideration) -> None:
    """Ask both, unless they are one municipality by now, or have an official in common."""
    asked = [(row, list(officials_of(row.municipality))) for row in (first, second)]
    (_one, ours), (_other, theirs) = asked
    if not ours or not theirs or set(ours) & set(theirs):
        return
    try:
        with transaction.atomic():
            introduction, is_new = Introduction.objects.get_or_create(first=first, second=second)
            for row, people in asked if is_new else ():
                answer = IntroductionAnswer.objects.create(
                    introduction=introduction, consideration=row
                )
                for person in people:
                    tell.enqueue("asked", answer.pk, person.pk)
    except IntegrityError:
        # One of the two withdrew at this moment.
        return
