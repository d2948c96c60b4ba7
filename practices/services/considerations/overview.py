"""What an official sees of what the municipality considers; nothing of what others answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone

from practices.indexes import registers
from practices.models import Consideration, IntroductionAnswer, Says, users
from practices.services.considerations.cells import Cell, cell_of
from practices.services.considerations.selectors import KEPT, TO_ANSWER, is_open, of_official


@dataclass(frozen=True, slots=True)
class Question:
    """Whether the municipality wants to meet another one: `state` says how that stands.

    `asked`, `yes` (and the other did not say so yet, or never will), `no`, `introduced`, `over`.
    """

    id: int
    state: str
    until: datetime
    answered_by: str
    introduced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Considered:
    """One thing that a municipality considers."""

    id: int
    cell: Cell | None
    """None if one of its terms is gone."""
    municipality: str
    made_by: str
    made_at: datetime
    until: datetime
    note: str
    questions: Sequence[Question]


def considered_by(person: User) -> list[Considered]:
    """What the municipalities of an official consider, the newest first; some queries for all."""
    answers = IntroductionAnswer.objects.select_related("introduction", "answered_by")
    rows = of_official(person).prefetch_related(
        Prefetch("answers", queryset=answers.order_by("-introduction__made_at"))
    )
    return list(_lines(rows.order_by("-made_at", "-pk")))


def _lines(rows: Iterable[Consideration]) -> Iterator[Considered]:
    facets = registers.current().facets
    for row in rows:
        yield Considered(
            id=row.pk,
            cell=cell_of(row.cell, facets),
            municipality=row.municipality.current.shown_name,
            made_by=_name(row.made_by),
            made_at=timezone.localtime(row.made_at),
            until=timezone.localtime(row.made_at + KEPT),
            note=row.note,
            questions=[_question(one) for one in row.answers.all()],
        )


def _question(answer: IntroductionAnswer) -> Question:
    introduction = answer.introduction
    return Question(
        id=answer.pk,
        state=_state(answer),
        until=timezone.localtime(introduction.made_at + TO_ANSWER),
        answered_by=_name(answer.answered_by) if answer.answered_by else "",
        introduced_at=introduction.introduced_at,
    )


def _state(answer: IntroductionAnswer) -> str:
    if answer.introduction.introduced_at:
        return "introduced"
    if not is_open(answer.introduction):
        return "over"
    return {Says.YES.value: "yes", Says.NO.value: "no"}.get(answer.says, "asked")


def _name(person: User) -> str:
    return users.name_of(person)
