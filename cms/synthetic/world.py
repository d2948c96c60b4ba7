"""What the generator of fictional practices may choose from, and how often each is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

# Every tenth practice goes round all municipalities; the others follow the inhabitants.
ROUND = 10


@dataclass(frozen=True)
class Choice:
    """One term; `parent` is the slug of its broader term."""

    slug: str
    label: str
    parent: str | None = None


@dataclass(frozen=True)
class Place:
    """One municipality, by its CBS code."""

    code: str
    name: str
    inhabitants: int
    neighbours: tuple[str, ...] = ()


class Vocabulary:
    """The terms of one vocabulary; the n-th is chosen as often as 1 / n, a broader term less."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = tuple(choices)
        self.by_slug = {choice.slug: choice for choice in self.choices}
        broader = {choice.parent for choice in self.choices}
        self._weights = tuple(
            accumulate(
                (0.2 if choice.slug in broader else 1) / (rank + 2) ** 0.9
                for rank, choice in enumerate(self.choices)
            )
        )

    def some(self, rng: Random, count: int, first: Iterable[str] = ()) -> tuple[str, ...]:
        """At most so many slugs, all different; those of `first` that exist come first."""
        chosen = dict.fromkeys(slug for slug in first if slug in self.by_slug)
        missing = count - len(chosen)
        if missing > 0 and self.choices:
            drawn = rng.choices(self.choices, cum_weights=self._weights, k=missing)
            chosen |= dict.fromkeys(choice.slug for choice in drawn)
        return tuple(chosen)[:count]


@dataclass(frozen=True)
class World:
    """All vocabularies by name, and all municipalities; the order of both is part of the seed."""

    vocabularies: dict[str, Vocabulary]
    places: tuple[Place, ...]

    @cached_property
    def _weights(self) -> tuple[int, ...]:
        return tuple(accumulate(place.inhabitants for place in self.places))

    def place(self, rng: Random, number: int) -> Place:
        """The municipality of the practice with this number."""
        if number % ROUND == 0:
            return self.places[number // ROUND % len(self.places)]
        return rng.choices(self.places, cum_weights=self._weights)[0]
