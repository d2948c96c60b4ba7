"""The facet `vergelijkbaar`: the practices of municipalities that are alike to one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from practices.indexes.likeness.ranking import Likeness
from search.questions.facets import Facet, Lift

NAME = "vergelijkbaar"
VERY = 0.65
"""From this likeness on municipalities are very much alike …"""
VERY_PART, PART = 0.2, 0.1
"""… and a practice of theirs gains this part of its rank; those that are only comparable, less."""


@dataclass(frozen=True, slots=True)
class LikenessFacet(Facet):
    """A value is a municipality, and stands for those that are comparable with it (decision 0039).

    What that means is known when a search is asked, so nothing of it stands in the index.
    """

    on: str = "gemeente"
    likeness: Likeness = field(default_factory=lambda: Likeness(dict))

    def indexed(self, values: Iterable[str]) -> tuple[str, ...]:
        """The slugs of all municipalities that are comparable with one of these."""
        found = {one.facts.slug for value in values for one in self.likeness.comparable(value)}
        return tuple(sorted(found))

    def lifts(self, own: str) -> tuple[Lift, ...]:
        """The municipalities that are comparable with this one, in two grades (decision 0083)."""
        grades: dict[float, list[str]] = {}
        for one in self.likeness.comparable(own):
            part = VERY_PART if one.likeness >= VERY else PART
            grades.setdefault(part, []).append(one.facts.slug)
        # The most alike come first, and so does their grade.
        return tuple(Lift(self.on, tuple(slugs), part) for part, slugs in grades.items())
