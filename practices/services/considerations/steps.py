"""Writes: considering, withdrawing, answering; and what is kept no longer."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from practices.indexes import registers
from practices.models import Consideration, Introduction, Municipality, Says
from practices.services.considerations.cells import Cell, cell_of
from practices.services.considerations.mails import tell
from practices.services.considerations.matching import (
    forget_the_merged,
    look_for_others,
    renew_cells,
)
from practices.services.considerations.selectors import (
    KEPT,
    is_open,
    of_municipalities,
    officials_of,
    standing,
    willing,
)
from search import clock

MOST = 20
"""So many things a municipality considers at once: enough to plan, too few to find out of others
what they consider.
"""


class TooManyError(Exception):
    """The municipality considers `MOST` things already."""


class ClosedError(Exception):
    """The question is gone: answered by both, too old, or one of the two withdrew."""


@transaction.atomic
def consider(
    *, cell: Cell, municipality: Municipality, by: User, note: str = "", is_filled: bool = False
) -> bool:
    """Note that a municipality considers a white spot; False if it did so already.

    Others that consider it are looked for after the commit. `is_filled` says that there is a
    practice by now, so that nobody has to be told of the first. Raises `TooManyError`.
    """
    # Colleagues who do so at once take turns.
    list(Municipality.objects.select_for_update().filter(pk=municipality.pk))
    Consideration.objects.filter(
        municipality=municipality, made_at__lte=clock.now() - KEPT
    ).delete()
    own = of_municipalities([municipality.pk])
    if own.filter(cell=cell.key).exists():
        return False
    if own.count() >= MOST:
        raise TooManyError
    row = Consideration.objects.create(
        municipality=municipality,
        cell=cell.key,
        note=note,
        made_by=by,
        told_at=clock.now() if is_filled else None,
    )
    look_for_others.enqueue(row.pk)
    return True


@transaction.atomic
def withdraw(*, consideration: int) -> None:
    """Remove a consideration, with what was asked about it; to do it twice is no error."""
    # Locked as an answer locks it, so that the two never wait for each other.
    asked = Introduction.objects.filter(Q(first=consideration) | Q(second=consideration))
    list(asked.select_for_update().order_by("pk"))
    Consideration.objects.filter(pk=consideration).delete()


@transaction.atomic
def answer(*, answer: int, by: User, says: Says) -> bool:
    """Answer for a municipality; True if both want to meet now, and get each other's name by mail.

    Raises `ClosedError`.
    """
    locked = Introduction.objects.select_for_update(of=("self",))
    introduction = locked.filter(answers=answer).first()
    if introduction is None or not is_open(introduction):
        raise ClosedError
    answers = introduction.answers.select_related("answered_by", "consideration__municipality")
    answers.filter(pk=answer).update(says=says, answered_by=by, answered_at=clock.now())
    both = list(answers)
    people = {one.pk: who.pk for one in both if (who := willing(one)) is not None}
    # Since they were asked they may have become one.
    places = {one.consideration.municipality.current.pk for one in both}
    if len(people) < 2 or len(places) < 2:
        return False
    introduction.introduced_at = clock.now()
    introduction.save(update_fields=["introduced_at"])
    for key, user in people.items():
        tell.enqueue("introduced", key, user)
    return True


def tidy() -> None:
    """Remove what is too old, is nobody's any more, or has lost a term; for the nightly job.

    Whoever was not brought together, because a process was killed, is so now.
    """
    renew_cells()
    forget_the_merged()
    for key in Consideration.objects.filter(made_at__lte=clock.now() - KEPT).values("pk"):
        withdraw(consideration=key["pk"])
    facets = registers.current().facets
    for row in standing():
        if cell_of(row.cell, facets) is None or not officials_of(row.municipality).exists():
            withdraw(consideration=row.pk)
        else:
            look_for_others.enqueue(row.pk)
