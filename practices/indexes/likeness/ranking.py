"""The municipalities most alike, from one reading of the facts."""

from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.utils.translation import get_language

from practices.indexes.likeness.measure import NO_REASONS, Facts, Reason, likeness
from practices.indexes.likeness.sentences import Explanation, explain

THRESHOLD = 0.5
"""At least half of what is known must be shared."""
MOST = 20
"""No more municipalities than this are called comparable with one."""

AllFacts = Mapping[str, Facts]


class Alike(NamedTuple):
    """A municipality that is alike."""

    facts: Facts
    likeness: float


class Likeness:
    """Compares the municipalities of one state of the facts, by their slugs.

    The facts are read when they are first needed. Who is alike to one municipality, and why, is
    computed once, and taken over from a former state if the facts are the same.
    """

    def __init__(self, read: Callable[[], AllFacts], former: "Likeness | None" = None) -> None:
        self._read = read
        self._former = former.newest_read() if former else None
        self._rows: dict[str, tuple[Alike, ...]] = {}
        self._comparable: dict[str, tuple[Alike, ...]] = {}
        self._reasons: dict[tuple[str | None, str, str], Explanation] = {}

    @cached_property
    def facts(self) -> AllFacts:
        """The facts of all municipalities there are."""
        facts = self._read()
        former, self._former = self._former, None
        if former is not None and former.facts == facts:
            self._rows, self._comparable = former._rows, former._comparable
            self._reasons = former._reasons
        return facts

    def newest_read(self) -> "Likeness | None":
        """This state if its facts were read, else the last before it whose facts were."""
        return self if "facts" in self.__dict__ else self._former

    def ranked(self, slug: str, without: frozenset[Reason] = NO_REASONS) -> tuple[Alike, ...]:
        """All that are alike enough, the most alike first; none for an unknown municipality."""
        facts = self.facts
        if slug not in facts:
            return ()
        if without:
            return self._ranked(slug, without)
        if slug not in self._rows:
            self._rows[slug] = self._ranked(slug, without)
        return self._rows[slug]

    def comparable(self, slug: str, without: frozenset[Reason] = NO_REASONS) -> tuple[Alike, ...]:
        """Those among them that share practices, the most alike first; never more than `MOST`."""
        if without:
            return self._with_practices(slug, without)
        if slug not in self._comparable:
            self._comparable[slug] = self._with_practices(slug, without)
        return self._comparable[slug]

    def explanation(self, slug: str, other: str) -> Explanation:
        """Why the second municipality is alike to the first; both must be known."""
        key = get_language(), slug, other
        if key not in self._reasons:
            self._reasons[key] = explain(self.facts[slug], self.facts[other])
        return self._reasons[key]

    def _with_practices(self, slug: str, without: frozenset[Reason]) -> tuple[Alike, ...]:
        found = (one for one in self.ranked(slug, without) if one.facts.has_practices)
        return tuple(islice(found, MOST))

    def _ranked(self, slug: str, without: frozenset[Reason]) -> tuple[Alike, ...]:
        own = self.facts[slug]
        found = [
            Alike(other, alike)
            for other in self.facts.values()
            if other is not own and (alike := likeness(own, other, without)) >= THRESHOLD
        ]
        return tuple(sorted(found, key=lambda one: (-one.likeness, one.facts.slug)))
