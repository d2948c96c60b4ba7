"""A practice page, made ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.addresses import (
    absolute,
    compare_address,
    contact_address,
    lesson_address,
    municipality_address,
    practice_address,
    signpost_address,
)
from practices.frontend.pages import crumbs
from practices.frontend.pages.citation import Citation, citation_of
from practices.frontend.pages.json_ld import practice_json_ld
from practices.frontend.pages.pairs import linked_pairs
from practices.frontend.pages.terms import LinkedTerm, places, terms_by_relation
from practices.models import Lesson, PracticePage, Reached
from practices.models.practices import DurationUnit
from practices.selectors import (
    RELATIONS,
    Card,
    MunicipalityRef,
    Parts,
    Reference,
    parts_of,
    periods,
    read_parts,
    read_references,
    references_of,
    related_practices,
)
from practices.selectors.references import by_relation
from practices.selectors.rich_text import expand
from practices.services.moderation.history import PublicHistory, public_history
from practices.services.pdf.offers import Offers, offers


class TrainerView(NamedTuple):
    """A trainer with expertises and kind of provider."""

    expertises: list[LinkedTerm]
    providers: list[LinkedTerm]
    organisation: str
    brought: str


class OutcomeView(NamedTuple):
    """A learning goal, how it was measured and whether it was reached."""

    goal: LinkedTerm
    measure: str
    reached: str
    code: str


class LessonView(NamedTuple):
    """A lesson; `url` is its lasting address, or nothing while it is not public."""

    text: str
    key: str
    url: str


class LessonGroup(NamedTuple):
    """The lessons of one kind; `code` is a value of `Lesson.Kind`."""

    code: str
    label: str
    lessons: list[LessonView]


@dataclass(frozen=True)
class PracticeView:
    """Everything that a practice page shows; what is empty is unknown."""

    page: PracticePage
    references: Sequence[Reference]
    parts: Parts
    related: Sequence[Card] = ()
    terms: dict[tuple[str, int], list[LinkedTerm]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", terms_by_relation(self.references))

    @cached_property
    def fields(self) -> dict[str, list[LinkedTerm]]:
        """The terms of the practice itself by field."""
        owner = self.page.pk or 0
        return {relation: self.terms.get((relation, owner), []) for relation in RELATIONS}

    @cached_property
    def trainers(self) -> list[TrainerView]:
        """The trainer mix."""
        return [
            TrainerView(
                self.terms.get(("expertises", trainer.id), []),
                self.terms.get(("providers", trainer.id), []),
                trainer.organisation,
                trainer.brought,
            )
            for trainer in self.parts.trainers
        ]

    @cached_property
    def expertises(self) -> list[LinkedTerm]:
        """The expertises of all trainers together, each once."""
        return list(
            {one.url: one for trainer in self.trainers for one in trainer.expertises}.values()
        )

    @cached_property
    def pairs(self) -> list[LinkedTerm]:
        """The pairs that the trainers make, each with the search for it."""
        brought = by_relation(one for one in self.references if one.relation == "expertises")
        trainers = [
            [one.slug for one in brought.get(("expertises", trainer.id), ())]
            for trainer in self.parts.trainers
        ]
        return linked_pairs(trainers)

    @cached_property
    def outcomes(self) -> list[OutcomeView]:
        """The learning goals with what came of them."""
        labels = dict(Reached.choices)
        return [
            OutcomeView(
                goal, outcome.measure, str(labels.get(outcome.reached, "")), outcome.reached
            )
            for outcome in self.parts.outcomes
            for goal in self.terms.get(("goals", outcome.id), [])
        ]

    @cached_property
    def lesson_groups(self) -> list[LessonGroup]:
        """The lessons by kind: what worked, what did not, tips."""
        groups = (
            LessonGroup(kind, str(label), self._lessons(kind))
            for kind, label in Lesson.Kind.choices
        )
        return [group for group in groups if group.lessons]

    def _lessons(self, kind: str) -> list[LessonView]:
        page = self.page
        return [
            LessonView(one.text, one.key, lesson_address(page.pk, one.key) if page.live else "")
            for one in self.parts.lessons
            if one.kind == kind
        ]

    @cached_property
    def partners(self) -> list[LinkedTerm]:
        """Partner municipalities, linked where they have a page."""
        return places(self.references)

    @cached_property
    def signposts(self) -> list[LinkedTerm]:
        """The WegWijzers that point to this practice."""
        return [
            LinkedTerm(one.label, signpost_address(one.slug), one.definition, one.slug)
            for one in self.references
            if one.relation == "signposts" and one.owner_id == self.page.pk
        ]

    @cached_property
    def words(self) -> dict[str, list[LinkedTerm]]:
        """The terms of each part of the page, for their meanings beside them."""
        of = self.fields
        formats = [*of["formats"], *self._dayparts]
        types, groups = of["radicalisation_types"], of["target_groups"]
        return {
            "brief": [*formats, *groups, *types, *self.expertises],
            "approach": [
                *formats,
                *of["compositions"],
                *of["working_methods"],
                *of["deliveries"],
            ],
            "for_whom": groups,
            "trainers": [*self.expertises, *chain(*(one.providers for one in self.trainers))],
            "content": [*types, *of["themes"], *(outcome.goal for outcome in self.outcomes)],
            "policy": of["policy_fields"],
        }

    @property
    def _dayparts(self) -> list[LinkedTerm]:
        """What a daypart is, where the length is told in them."""
        if self.page.duration_unit != DurationUnit.DAYPART or not self.page.duration:
            return []
        return [LinkedTerm(_("Daypart"), "", _("Half a working day: about four hours."))]

    @cached_property
    def texts(self) -> dict[str, SafeString]:
        """The rich texts as HTML, expanded together."""
        names = ("approach", "evaluation")
        return dict(zip(names, expand(*(getattr(self.page, name) for name in names)), strict=True))

    @cached_property
    def period(self) -> str:
        """The years in words."""
        page = self.page
        return periods.period(page.start_year, page.end_year, is_running=page.is_running)

    @cached_property
    def duration(self) -> str:
        """The length of one meeting in words."""
        return periods.duration(self.page.duration, self.page.duration_unit)

    @cached_property
    def length(self) -> str:
        """Length and number of meetings in words."""
        meetings = self.page.meetings
        count = ngettext("%(number)d meeting", "%(number)d meetings", meetings or 0)
        return ", ".join(
            filter(None, [self.duration, count % {"number": meetings} if meetings else ""])
        )

    @cached_property
    def group(self) -> str:
        """Size and composition of a group in words."""
        size = self.page.group_size
        count = ngettext("%(number)d participant", "%(number)d participants", size or 0)
        kinds = [term.label.lower() for term in self.fields["compositions"]]
        return ", ".join(filter(None, [count % {"number": size} if size else "", *kinds]))

    @property
    def in_action_plan(self) -> str:
        """Yes, no, or nothing."""
        return _yes_no(self.page.in_action_plan)

    @property
    def municipality_took_part(self) -> str:
        """Yes, no, or nothing."""
        return _yes_no(self.page.municipality_took_part)

    @cached_property
    def citation(self) -> Citation:
        """How to refer to this practice."""
        return citation_of(self)

    @property
    def offers(self) -> Offers | None:
        """What it is offered as, beside the page; None of what is not public yet."""
        return offers(self.address) if self.page.live else None

    @cached_property
    def history(self) -> PublicHistory:
        """What happened since it was published."""
        return public_history(self.page)

    @cached_property
    def json_ld(self) -> SafeString:
        """What search engines read."""
        return practice_json_ld(self)

    @cached_property
    def municipality_name(self) -> str:
        """The name that visitors see; the public page is read with it."""
        known = getattr(self.page, "shown_municipality", "")
        return known or self.page.municipality.shown_name

    @property
    def municipality_url(self) -> str:
        """The page of the municipality."""
        return municipality_address(self.page.municipality.slug)

    @cached_property
    def crumbs(self) -> list[crumbs.Crumb]:
        """The way to this page."""
        return crumbs.municipality(self.municipality_name, self.page.municipality.slug)

    @cached_property
    def address(self) -> str:
        """The public address."""
        return practice_address(self.page.municipality.slug, self.page.slug)

    @property
    def canonical_url(self) -> str:
        """The public address with its host."""
        return absolute(self.address)

    @property
    def compare_url(self) -> str:
        """The page to compare it with others; empty for what is not public yet."""
        return compare_address(self.page.pk) if self.page.live else ""

    @property
    def contact_url(self) -> str:
        """The form that relays a message; empty when there is nobody to relay it to."""
        if not self.page.contact_email:
            return ""
        return contact_address(self.page.municipality.slug, self.page.slug)


def practice_view(page: PracticePage) -> PracticeView:
    """A published practice; three queries: what looks like it, its references, its parts."""
    rows = related_practices(page.pk)
    references = read_references([page.pk, *(row.pk for row in rows)])
    cards = [row.card(references[row.pk]) for row in rows]
    return PracticeView(page, references[page.pk], read_parts([page.pk])[page.pk], cards)


def preview(page: PracticePage, as_result: bool) -> dict[str, Any]:
    """A practice as its author sees it before it is saved: what its template shows."""
    view = preview_view(page)
    return {"practice": view, "found": [preview_card(view)] if as_result else []}


def preview_view(page: PracticePage) -> PracticeView:
    """A practice as its author sees it before it is saved."""
    if page.municipality_id is None:
        page.municipality = page.municipality_above()
    return PracticeView(page, references_of(page), parts_of(page))


def preview_card(view: PracticeView) -> Card:
    """A practice as it will stand in a list, before it is saved."""
    page = view.page
    place = MunicipalityRef(page.municipality.code, view.municipality_name, view.municipality_url)
    labels = [term.label for term in view.fields["formats"]]
    return Card(
        page.pk or 0, page.title, view.address, page.summary, place, labels, view.period,
        is_fictional=page.is_fictional,
    )  # fmt: skip


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")
