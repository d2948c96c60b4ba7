"""What a pair of trainers brought to each practice that was found, and what was reached there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.indexes.pairs import NAME, Expertises, makers_of
from practices.models import Reached, Vocabulary
from practices.selectors import Reference
from practices.selectors.references import by_relation
from search.questions.facets import Facet

READ = ("expertises", "goals", "brought", "reached")
"""The relations of which a story is made."""
LETTERS = 200
"""So much of a text stands in a list; the whole text is on the practice's page."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one trainer of a pair brought: for which expertise, and the text."""

    expertise: str
    text: str

    @property
    def short(self) -> str:
        """The text as a list shows it."""
        return Truncator(self.text).chars(LETTERS)


@dataclass(frozen=True, slots=True)
class PairStory:
    """A pair, and what its trainers brought; nothing if nobody wrote that."""

    value: str
    label: str
    brought: Sequence[Brought]


@dataclass(frozen=True, slots=True)
class Goal:
    """A learning goal of a practice; `reached` is a value of `Reached`, or empty if unknown."""

    slug: str
    label: str
    reached: str

    @property
    def reached_label(self) -> str:
        """Whether it was reached, in words."""
        return str(Reached(self.reached).label) if self.reached else _("not known")


@dataclass(frozen=True, slots=True)
class Story:
    """What one practice says of the pairs that were chosen."""

    pairs: Sequence[PairStory]
    goals: Sequence[Goal]

    def data(self) -> dict[str, object]:
        """The story as JSON has it."""
        return {
            "pairs": [
                {
                    "value": pair.value,
                    "label": pair.label,
                    "brought": [
                        {"expertise": one.expertise, "text": one.text} for one in pair.brought
                    ],
                }
                for pair in self.pairs
            ],
            "goals": [
                {"value": goal.slug, "label": goal.label, "reached": goal.reached}
                for goal in self.goals
            ],
        }


def stories(
    references: Mapping[int, Sequence[Reference]],
    pairs: Sequence[str],
    facets: Mapping[str, Facet],
) -> dict[int, Story]:
    """The stories of practices by their ids, from their references of `READ`."""
    return {key: _story(by_relation(own), pairs, facets) for key, own in references.items()}


def _story(
    groups: Mapping[tuple[str, int], Sequence[Reference]],
    pairs: Sequence[str],
    facets: Mapping[str, Facet],
) -> Story:
    texts = {one.owner_id: one.definition.strip() for one in _in_order(groups, "brought")}
    trainers = {key: [one.slug for one in groups.get(("expertises", key), ())] for key in texts}
    expertises = facets[Vocabulary.EXPERTISE].options
    told = []
    for pair in pairs:
        if makers := makers_of(pair, trainers, expertises):
            brought = list(_brought(makers, texts, expertises))
            told.append(PairStory(pair, facets[NAME].option(pair).label, brought))
    goals = [
        Goal(goal.slug, goal.label, outcome.slug)
        for outcome in _in_order(groups, "reached")
        for goal in groups.get(("goals", outcome.owner_id), ())
    ]
    return Story(told, goals)


def _in_order(
    groups: Mapping[tuple[str, int], Sequence[Reference]], relation: str
) -> list[Reference]:
    """One reference of each part of a practice, in the author's order."""
    found = [group[0] for (name, _owner), group in groups.items() if name == relation]
    return sorted(found, key=lambda one: (one.position, one.owner_id))


def _brought(
    makers: Mapping[int, Sequence[str]], texts: Mapping[int, str], expertises: Expertises
) -> Iterator[Brought]:
    for trainer, slugs in makers.items():
        if texts[trainer]:
            yield Brought(" + ".join(expertises[slug].label for slug in slugs), texts[trainer])
