"""What an official wrote, as plain values: all that the rules may read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from practices.indexes.practices import paragraphs
from practices.models import PracticePage

HOURS_OF_A_DAYPART = 4
"""A daypart is half a working day, about four hours (glossary)."""

TEXTS = ("title", "summary", "approach", "networks", "local_stakes", "evaluation")
RICH = frozenset({"approach", "evaluation"})
ROWS = ("trainers", "goal_outcomes", "lessons", "documents", "links")


@dataclass(frozen=True, slots=True)
class Passage:
    """A free text: the field or list of the form in which it stands, and its words."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A learning goal: its slug (empty while none is chosen), how it was measured, reached or not.

    `reached` is a value of `practices.models.Reached`, or empty.
    """

    slug: str
    measure: str = ""
    reached: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A practice as it is written now; terms are slugs, unknown numbers are None.

    `target_groups` leaves out a broader term of which a narrower one is chosen too. `trainers` and
    `lessons` count only those that say something. `unfinished` are the lists with a row of which
    something that it needs is empty. `passages` are all texts that become public.
    """

    this_year: int
    title: str = ""
    summary: str = ""
    approach: str = ""
    start_year: int | None = None
    end_year: int | None = None
    is_running: bool = False
    status: str = ""
    formats: frozenset[str] = frozenset()
    duration: Decimal | None = None
    duration_unit: str = ""
    meetings: int | None = None
    group_size: int | None = None
    compositions: frozenset[str] = frozenset()
    working_methods: frozenset[str] = frozenset()
    target_groups: frozenset[str] = frozenset()
    radicalisation_types: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    trainers: int = 0
    expertises: frozenset[str] = frozenset()
    goals: tuple[Goal, ...] = ()
    lessons: int = 0
    unfinished: frozenset[str] = frozenset()
    participants_reached: int | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def hours_of_a_meeting(self) -> Decimal | None:
        """The length of one meeting in hours; None when unknown."""
        if self.duration is None or not self.duration_unit:
            return None
        return self.duration * (HOURS_OF_A_DAYPART if self.duration_unit == "dagdeel" else 1)

    @property
    def hours(self) -> Decimal | None:
        """The length of all meetings in hours; an unknown number of meetings counts as one."""
        one = self.hours_of_a_meeting
        return None if one is None else one * (self.meetings or 1)


def draft_of(page: PracticePage) -> Draft:
    """The values of a page: a saved one, one made from a revision or from an unsaved form."""
    trainers = [trainer for trainer in page.trainers.all() if _says_something(trainer)]
    return Draft(
        this_year=timezone.localdate().year,
        title=page.title.strip(),
        summary=page.summary.strip(),
        approach=_plain(page.approach),
        start_year=page.start_year,
        end_year=page.end_year,
        is_running=page.is_running,
        status=page.status,
        formats=_slugs(page.formats),
        duration=None if page.duration is None else Decimal(page.duration),
        duration_unit=page.duration_unit,
        meetings=page.meetings,
        group_size=page.group_size,
        compositions=_slugs(page.compositions),
        working_methods=_slugs(page.working_methods),
        target_groups=_narrowest(page.target_groups),
        radicalisation_types=_slugs(page.radicalisation_types),
        themes=_slugs(page.themes),
        trainers=len(trainers),
        expertises=frozenset().union(*(_slugs(trainer.expertises) for trainer in trainers)),
        goals=tuple(_goal(outcome) for outcome in page.goal_outcomes.all()),
        lessons=sum(bool(lesson.text.strip()) for lesson in page.lessons.all()),
        unfinished=frozenset(
            name for name in ROWS if any(map(_is_unfinished, getattr(page, name).all()))
        ),
        participants_reached=page.participants_reached,
        passages=tuple(_passages(page)),
    )


def _slugs(terms: Any) -> frozenset[str]:
    return frozenset(term.slug for term in terms.all())


def _narrowest(terms: Any) -> frozenset[str]:
    chosen = list(terms.all())
    broader = {term.parent_id for term in chosen}
    return frozenset(term.slug for term in chosen if term.pk not in broader)


def _says_something(trainer: Any) -> bool:
    return bool(trainer.expertises.all() or trainer.organisation.strip() or trainer.brought.strip())


def _is_unfinished(row: Any) -> bool:
    """Whether a row lacks what its form marks as needed; a draft may."""
    names = [panel.field_name for panel in row.panels]
    fields = [row._meta.get_field(name) for name in names]
    return any(_is_empty(row, field) for field in fields if not field.blank)


def _is_empty(row: Any, field: Any) -> bool:
    if field.many_to_many:
        return not getattr(row, field.name).all()
    value = getattr(row, field.attname)
    return value is None or (isinstance(value, str) and not value.strip())


def _goal(outcome: Any) -> Goal:
    slug = outcome.goal.slug if outcome.goal_id else ""
    return Goal(slug, outcome.measure.strip(), outcome.reached)


def _plain(rich_text: str) -> str:
    return "\n".join(paragraphs(rich_text))


def _passages(page: PracticePage) -> list[Passage]:
    """Every text that a visitor will read; the contact's own name is no part of it."""
    found = [
        (name, _plain(getattr(page, name)) if name in RICH else getattr(page, name))
        for name in TEXTS
    ]
    for trainer in page.trainers.all():
        found += [("trainers", trainer.organisation), ("trainers", trainer.brought)]
    found += [("goal_outcomes", outcome.measure) for outcome in page.goal_outcomes.all()]
    found += [("lessons", lesson.text) for lesson in page.lessons.all()]
    found += [("links", link.title) for link in page.links.all()]
    return [Passage(field, text) for field, text in found if text.strip()]
