"""Which learning goals were reached in all practices that a search finds with a pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from practices.indexes.pairs import NAME
from practices.models import GoalOutcome, PracticePage, Reached, Vocabulary
from practices.selectors import public_pages
from search.questions.facets import Facet
from search.questions.query import Query
from search.results.presenter import Addresses

GOAL = Vocabulary.LEARNING_GOAL.value
AT_ONCE = 3
"""So many goals are shown at once; the others unfold."""
ORDER = (*Reached.values, "")


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """A learning goal with how often it was reached, by `Reached`; `url` finds these practices."""

    slug: str
    label: str
    url: str
    counts: Mapping[str, int]

    @property
    def text(self) -> str:
        """The counts in words, without zeros."""
        words = {
            Reached.YES.value: _("%(count)d× reached"),
            Reached.PARTLY.value: _("%(count)d× partly"),
            Reached.NO.value: _("%(count)d× not reached"),
            Reached.NOT_MEASURED.value: _("%(count)d× not measured"),
            "": _("%(count)d× not known"),
        }
        return ", ".join(
            words[key] % {"count": self.counts[key]} for key in ORDER if self.counts.get(key)
        )


@dataclass(frozen=True, slots=True)
class PairGoals:
    """A pair, in how many practices it was counted, and the goals that were reached most first."""

    value: str
    label: str
    practices: int
    goals: Sequence[GoalCounts]

    @property
    def first(self) -> Sequence[GoalCounts]:
        """What is shown at once."""
        return self.goals[:AT_ONCE]

    @property
    def more(self) -> Sequence[GoalCounts]:
        """What unfolds."""
        return self.goals[AT_ONCE:]

    def data(self) -> dict[str, object]:
        """The counts as JSON has them; what is not known has the key `onbekend`."""
        return {
            "value": self.value,
            "label": self.label,
            "practices": self.practices,
            "goals": [
                {
                    "value": goal.slug,
                    "label": goal.label,
                    "reached": {key or "onbekend": goal.counts.get(key, 0) for key in ORDER},
                }
                for goal in self.goals
            ],
        }


def goals_with_pair(
    ids: Sequence[int], query: Query, facets: Mapping[str, Facet], addresses: Addresses
) -> PairGoals:
    """The goals of those practices among the ids that are public now; one query.

    The query has one pair chosen.
    """
    (pair,) = query.values(NAME)
    pages = public_pages(PracticePage).filter(pk__in=ids)
    rows = (
        GoalOutcome.objects.filter(page__in=pages)
        .order_by("goal__position", "goal__label")
        .values_list("goal__slug", "goal__label", "reached")
        .annotate(practices=Count("pk"))
    )
    labels: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for slug, label, reached, practices in rows:
        labels[slug] = label
        counts.setdefault(slug, {})[reached] = practices
    goals = [
        GoalCounts(slug, label, addresses.of(query.choosing(GOAL, [slug])), counts[slug])
        for slug, label in labels.items()
    ]
    goals.sort(key=lambda goal: [-goal.counts.get(key, 0) for key in ORDER])
    return PairGoals(pair, facets[NAME].option(pair).label, len(ids), goals)
