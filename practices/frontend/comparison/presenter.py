"""Practices side by side: rows of what is known, and whether it is the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.addresses import SEARCH, compare_address, compared
from practices.frontend.comparison.asked import (
    FEWEST,
    MOST,
    PARAMETER,
    Asked,
    not_found,
    read,
    too_many,
)
from practices.frontend.pages import crumbs
from practices.frontend.pages.practice import OutcomeView, PracticeView
from practices.frontend.pages.terms import LinkedTerm
from practices.models import Lesson, Municipality, PracticePage
from practices.selectors import Card, read_parts, read_references
from practices.selectors.compared import compared_pages
from practices.selectors.related import related_practices

TERMS, LESSONS, LETTERS = 6, 2, 100
"""So many terms, lessons of a kind and letters of a text are shown, to fit on one A4."""

Known = Sequence[LinkedTerm]
"""What is known of a practice in one row; nothing if that is unknown."""


class Mark(StrEnum):
    """How the practices differ in one row; in the order in which the rows stand."""

    DIFFERENT = "verschilt"
    SAME = "gelijk"
    UNKNOWN = "onbekend"

    @property
    def label(self) -> str:
        """In words."""
        return {
            Mark.DIFFERENT: _("differs"),
            Mark.SAME: _("same"),
            Mark.UNKNOWN: _("not all known"),
        }[self]


class Row(NamedTuple):
    """One characteristic of all practices; `is_long` for sentences instead of terms."""

    label: str
    mark: Mark
    cells: list[Known]
    is_long: bool


class Column(NamedTuple):
    """One practice, and the comparison without it."""

    title: str
    url: str
    municipality: str
    municipality_url: str
    without_url: str
    is_fictional: bool
    is_retired: bool


@dataclass(frozen=True)
class Comparison:
    """What the page shows of the practices that an address asks for."""

    views: Sequence[PracticeView]
    notices: Sequence[str]
    related: Sequence[Card] = ()
    """With one practice: others that look like it."""

    @property
    def is_possible(self) -> bool:
        """Whether there is something to compare."""
        return len(self.views) >= FEWEST

    @cached_property
    def columns(self) -> list[Column]:
        """The practices in the order of the address."""
        return [
            Column(
                view.page.title,
                view.address,
                view.municipality_name,
                view.municipality_url,
                compare_address(*(key for key in self.ids if key != view.page.pk)),
                view.page.is_fictional,
                getattr(view.page, "is_retired", False),
            )
            for view in self.views
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """What is known of some practice: differing rows first, the same, then what is unsure."""
        order = list(Mark)
        known = [row for row in self._all_rows if any(row.cells)]
        return sorted(known, key=lambda row: order.index(row.mark))

    @property
    def words(self) -> list[LinkedTerm]:
        """The terms of the practices, for their meanings below the table."""
        return [one for view in self.views for part in view.words.values() for one in part]

    @cached_property
    def unknown(self) -> list[str]:
        """The characteristics that are known of no practice."""
        return [row.label for row in self._all_rows if not any(row.cells)]

    @cached_property
    def _all_rows(self) -> list[Row]:
        return [
            _row(label, [known(view) for view in self.views], is_long=is_long)
            for label, known, is_long in _characteristics()
        ]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows there are of each kind."""
        return [(mark.label, sum(row.mark is mark for row in self.rows)) for mark in Mark]

    @property
    def ids(self) -> list[int]:
        """The practices."""
        return [view.page.pk for view in self.views]

    @property
    def canonical_url(self) -> str:
        """The one address of this comparison."""
        return compare_address(*self.ids)

    @property
    def add_url(self) -> str:
        """The search, to choose one more; empty when there is no room."""
        if len(self.views) >= MOST:
            return ""
        return f"{SEARCH}?{compared(self.ids)}" if self.views else SEARCH

    @property
    def crumbs(self) -> list[crumbs.Crumb]:
        """The way to this page."""
        return crumbs.search()


def compare(asked: Asked) -> Comparison:
    """The comparison; at most five queries, however many practices."""
    found = compared_pages(asked.ids)
    pages = found[:MOST]
    notices = [
        *asked.notices,
        *not_found(len(asked.ids) - len(found)),
        *too_many(len(found)),
    ]
    keys = [page.pk for page in pages]
    rows = related_practices(keys[0]) if len(pages) == 1 else []
    references = read_references([*keys, *(row.pk for row in rows)]) if keys else {}
    parts = read_parts(keys) if keys else {}
    views = [PracticeView(page, references[page.pk], parts[page.pk]) for page in pages]
    return Comparison(views, notices, [row.card(references[row.pk]) for row in rows])


def chosen_pages(parameters: QueryDict) -> list[PracticePage]:
    """The practices that are kept for a comparison while somebody searches on; one query at most.

    Without a word about the others: the comparison itself tells of them.
    """
    ids = read(parameters.getlist(PARAMETER)).ids
    return compared_pages(ids)[:MOST]


def _row(label: str, cells: list[Known], *, is_long: bool) -> Row:
    values = {frozenset(one.label.casefold() for one in cell) for cell in cells if cell}
    mark = Mark.SAME if all(cells) else Mark.UNKNOWN
    if len(values) > 1:
        mark = Mark.DIFFERENT
    shown = cells if is_long else list(map(_first, cells))
    return Row(label, mark, shown, is_long)


def _first(known: Known) -> Known:
    """What there is room for; all of it is compared."""
    more = len(known) - TERMS
    return [*known[:TERMS], LinkedTerm(_more(more), "")] if more > 0 else known


def _more(count: int) -> str:
    return _("and %(count)d more") % {"count": count}


Characteristic = tuple[str, Callable[[PracticeView], Known], bool]


def _characteristics() -> list[Characteristic]:
    """What is compared, in the order of the page of a practice; sentences last."""
    short = [*_of_the_place(), *_of_the_approach(), *_of_the_content()]
    return [
        *((label, known, False) for label, known in short),
        (_("Summary"), lambda view: _texts([view.page.summary]), True),
        (_("Existing networks that were used"), lambda view: _texts([view.page.networks]), True),
        (_("What was at stake locally"), lambda view: _texts([view.page.local_stakes]), True),
        *((str(label), _lessons(kind), True) for kind, label in Lesson.Kind.choices),
    ]


Short = tuple[str, Callable[[PracticeView], Known]]


def _of_the_place() -> list[Short]:
    return [
        (_("Inhabitants"), lambda view: _number(_place(view).inhabitants)),
        (_("Urbanity"), lambda view: _text(_place(view).get_urbanity_display())),
        (_("Province"), lambda view: _text(_place(view).get_province_display())),
        (_("Partner municipalities"), lambda view: view.partners),
        (_("Period"), lambda view: _text(view.period)),
        (_("Status"), _status),
    ]


def _of_the_approach() -> list[Short]:
    return [
        (_("Format"), _field("formats")),
        (_("Length of one meeting"), lambda view: _text(view.duration)),
        (_("Number of meetings"), lambda view: _number(view.page.meetings)),
        (_("Group size"), lambda view: _number(view.page.group_size)),
        (_("Group composition"), _field("compositions")),
        (_("Working methods"), _field("working_methods")),
        (_("Delivery"), _field("deliveries")),
        (_("Trainer mix"), lambda view: view.expertises),
        (_("Target groups"), _field("target_groups")),
    ]


def _of_the_content() -> list[Short]:
    return [
        (_("Radicalisation types"), _field("radicalisation_types")),
        (_("Themes"), _field("themes")),
        (_("Learning goals"), lambda view: list(map(_goal, view.outcomes))),
        (_("Policy fields"), _field("policy_fields")),
        (_("Part of an action plan"), lambda view: _text(view.in_action_plan)),
        (
            _("Exploratory study"),
            lambda view: _text(view.page.get_exploratory_study_display()),
        ),
        (
            _("The municipality itself took part as host"),
            lambda view: _text(view.municipality_took_part),
        ),
        (_("Participants reached"), lambda view: _number(view.page.participants_reached)),
    ]


def _place(view: PracticeView) -> Municipality:
    place: Municipality = view.page.municipality
    return place


def _status(view: PracticeView) -> Known:
    if getattr(view.page, "is_retired", False):
        return _text(_("archived"))
    return _text(view.page.get_status_display())


def _field(name: str) -> Callable[[PracticeView], Known]:
    return lambda view: view.fields[name]


def _goal(outcome: OutcomeView) -> LinkedTerm:
    if not outcome.reached:
        return outcome.goal
    label = _("%(goal)s (reached: %(reached)s)") % {
        "goal": outcome.goal.label,
        "reached": outcome.reached,
    }
    return outcome.goal._replace(label=label)


def _lessons(kind: str) -> Callable[[PracticeView], Known]:
    def known(view: PracticeView) -> Known:
        lessons = [one.text for one in view.parts.lessons if one.kind == kind]
        shown = _texts(lessons[:LESSONS])
        if len(lessons) > LESSONS:
            shown.append(LinkedTerm(_more(len(lessons) - LESSONS), f"{view.address}#lessen"))
        return shown

    return known


def _number(number: int | None) -> Known:
    return _text(number_format(number, force_grouping=True)) if number else ()


def _text(text: object) -> Known:
    return [LinkedTerm(str(text), "")] if text else ()


def _texts(texts: Iterable[str]) -> list[LinkedTerm]:
    return [LinkedTerm(Truncator(text).chars(LETTERS), "") for text in texts if text.strip()]
