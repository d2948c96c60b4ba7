"""What a pair of trainers brought to each practice that was found, and what was reached there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.models import Reached, Vocabulary
from practices.pairs.facet import NAME, Expertises, makers_of
from practices.selectors import Parts, Reference, read_parts, read_references
from practices.selectors.references import by_relation
from search.facets import Facet

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
    ids: Iterable[int], pairs: Sequence[str], facets: Mapping[str, Facet]
) -> dict[int, Story]:
    """The stories of public practices by their ids; two queries, none if no pair is chosen."""
    keys = list(ids)
    if not keys or not pairs:
        return {}
    references = read_references(keys, relations=("expertises", "goals"))
    parts = read_parts(keys)
    return {key: _story(references[key], parts[key], pairs, facets) for key in keys}


def _story(
    references: Sequence[Reference],
    parts: Parts,
    pairs: Sequence[str],
    facets: Mapping[str, Facet],
) -> Story:
    groups = by_relation(references)
    trainers = {
        trainer.id: [one.slug for one in groups.get(("expertises", trainer.id), ())]
        for trainer in parts.trainers
    }
    texts = {trainer.id: trainer.brought.strip() for trainer in parts.trainers}
    expertises = facets[Vocabulary.EXPERTISE].options
    told = []
    for pair in pairs:
        if makers := makers_of(pair, trainers, expertises):
            brought = list(_brought(makers, texts, expertises))
            told.append(PairStory(pair, facets[NAME].option(pair).label, brought))
    goals = [
        Goal(goal.slug, goal.label, outcome.reached)
        for outcome in parts.outcomes
        for goal in groups.get(("goals", outcome.id), ())
    ]
    return Story(told, goals)


def _brought(
    makers: Mapping[int, Sequence[str]], texts: Mapping[int, str], expertises: Expertises
) -> Iterator[Brought]:
    for trainer, slugs in makers.items():
        if texts[trainer]:
            yield Brought(" + ".join(expertises[slug].label for slug in slugs), texts[trainer])
