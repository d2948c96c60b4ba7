"""The facet `vergelijkbaar`: the practices of municipalities that are alike to one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from practices.indexes.likeness.ranking import Likeness
from search.questions.facets import Facet

NAME = "vergelijkbaar"


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
