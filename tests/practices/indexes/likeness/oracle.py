"""Which municipalities are comparable, once more: from the models.

Without `practices.indexes.likeness`, written after `docs/decisions/0039`, and slow.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

from practices.models import Municipality, PracticePage


class Oracle:
    """The facts of all municipalities, and who is comparable with whom."""

    def __init__(self) -> None:
        self.places = {one.slug: one for one in Municipality.objects.all()}
        self.near = {
            one.slug: {other.slug for other in one.neighbours.all()} for one in self.places.values()
        }
        self.types: dict[str, set[str]] = defaultdict(set)
        for page in PracticePage.objects.live():
            types = self.types[page.municipality.slug]
            for term in page.radicalisation_types.all():
                types |= {term.slug} | ({term.parent.slug} if term.parent else set())
        self._alike: dict[str, list[str]] = {}

    def score(self, one: str, other: str, without: Iterable[str] = ()) -> float:
        """The mean of what is known, by weights of 3, 2, 1, 1 and 2."""
        first, second = self.places[one], self.places[other]
        ratio = max(first.inhabitants, second.inhabitants) / min(
            first.inhabitants, second.inhabitants
        )
        parts = {
            "inwoners": (3, max(0, 1 - math.log(ratio, 4))),
            "provincie": (1, first.province == second.province),
            "buurgemeente": (1, other in self.near[one]),
        }
        if first.urbanity and second.urbanity:
            steps = abs(first.urbanity - second.urbanity)
            parts["stedelijkheid"] = (2, {0: 1, 1: 0.5}.get(steps, 0))
        types = self.types.get(one, set()), self.types.get(other, set())
        if all(types):
            parts["soort"] = (2, len(types[0] & types[1]) / len(types[0] | types[1]))
        kept = [part for reason, part in parts.items() if reason not in without]
        weights = sum(weight for weight, _part in kept)
        return sum(weight * part for weight, part in kept) / weights if weights else 0

    def comparable(self, slug: str) -> list[str]:
        """The twenty most alike of those with practices, if alike by half at least."""
        if slug not in self._alike:
            scores = {
                other: round(self.score(slug, other), 12) for other in self.types if other != slug
            }
            near = [other for other, score in scores.items() if score >= 0.5]
            self._alike[slug] = sorted(near, key=lambda other: (-scores[other], other))[:20]
        return self._alike[slug]
