"""The map of a search: a dot for each municipality, its size by the number of practices."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from practices.indexes.readers import practice_reader
from practices.indexes.registers import Registers
from practices.indexes.searching import ADDRESSES
from practices.models import Municipality
from search.questions.query import Query
from search.results import answers, presenter
from search.results.presenter import Addresses, Chip, ShownFacet

MAP = Addresses("/praktijken/kaart/")
EAST, NORTH = 290, 625
"""The corner of the drawing, in kilometres of RD New; the Netherlands end within it."""
SOUTH = 300
EMPTY = 2.0
SIZES = ((10, 8.0), (5, 6.5), (2, 5.0), (1, 3.5))
"""From so many practices on a dot has this radius, in kilometres."""


class Dot(NamedTuple):
    """One municipality: x to the right and y down in kilometres; `url` is the search in it."""

    name: str
    url: str
    practices: int
    x: float
    y: float
    radius: float
    is_chosen: bool


class Key(NamedTuple):
    """A line of the explanation: a dot of this radius stands for so many practices."""

    radius: float
    least: int
    most: int | None


@dataclass(frozen=True)
class SearchMap:
    """Runs a query; raises `EngineError` if no engine can answer.

    Three queries, whatever was found. Counts leave out a chosen municipality, as in the facet.
    """

    asked: Query
    notices: Sequence[str]
    registers: Registers

    @cached_property
    def found(self) -> answers.Found:
        """What the search gave."""
        known = self.registers
        return answers.run(practice_reader(), self.asked.at_page(1), known.facets, known.synonyms)

    @property
    def query(self) -> Query:
        """The search as it was run."""
        return self.found.query

    @property
    def total(self) -> int:
        """How many practices match."""
        return self.found.answer.total

    @cached_property
    def dots(self) -> tuple[Dot, ...]:
        """All municipalities of now; those with most practices last, so that none lies under."""
        counts = self.found.answer.counts.get("gemeente", {})
        chosen = self.query.values("gemeente")
        points = Municipality.objects.filter(merged_into=None).values_list("pk", "x", "y")
        places = self.registers.places
        found = [
            Dot(
                place.shown_name,
                ADDRESSES.of(self.query.choosing("gemeente", [place.slug])),
                count := counts.get(place.slug, 0),
                round(x / 1000, 1),
                round(NORTH - y / 1000, 1),
                radius_of(count),
                place.slug in chosen,
            )
            for place, x, y in ((places[pk], x, y) for pk, x, y in points if pk in places)
        ]
        return tuple(sorted(found, key=lambda dot: (dot.practices, dot.name)))

    @cached_property
    def rows(self) -> tuple[Dot, ...]:
        """The municipalities with practices, those with most first."""
        return tuple(
            sorted(
                (dot for dot in self.dots if dot.practices),
                key=lambda dot: (-dot.practices, dot.name),
            )
        )

    @property
    def keys(self) -> list[Key]:
        """What the sizes of the dots mean."""
        tops = [None, *(least - 1 for least, _radius in SIZES)]
        return [
            Key(radius, least, most) for (least, radius), most in zip(SIZES, tops, strict=False)
        ]

    @property
    def view_box(self) -> str:
        """The part of the plane that is drawn."""
        return f"0 0 {EAST} {NORTH - SOUTH}"

    @cached_property
    def provinces(self) -> ShownFacet:
        """The facet of provinces, whose options lead to the map again."""
        facet = self.registers.facets["provincie"]
        return presenter.shown_facets(self.found, [facet], MAP)[0]

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """What is chosen; without it the map again."""
        return presenter.chips(self.query, self.registers.facets, MAP)

    @property
    def search_url(self) -> str:
        """The same search as a list."""
        return ADDRESSES.of(self.query)


def radius_of(count: int) -> float:
    """The radius of a dot in kilometres; a municipality without practices has a small one."""
    return next((radius for least, radius in SIZES if count >= least), EMPTY)
