"""A cell of the gap map that is considered: two facets, each with one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from practices.addresses import GAPS
from practices.indexes.searching import ADDRESSES, sort_labels
from search.questions.facets import Facet
from search.questions.query import Parameters, Query, parse
from search.results.presenter import Addresses

NOT_CONSIDERED = frozenset({"gemeente", "jaar", "status"})
"""They say who does something, when, and how far it is: no two municipalities share these."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The search for what is considered, and that in words."""

    query: Query
    label: str

    @property
    def key(self) -> str:
        """The same text for the same two values."""
        return self.query.query_string()

    @property
    def search_url(self) -> str:
        """What there is of it."""
        return ADDRESSES.of(self.query)

    @property
    def map_url(self) -> str:
        """The gap map on which it is a cell."""
        (row, _one), (column, _other) = self.query.chosen
        return Addresses(GAPS, f"rij={row}&kolom={column}").of(Query())


def can_be_considered(*facets: Facet) -> bool:
    """Whether municipalities can have the values of these facets in common."""
    return not any(facet.on or facet.name in NOT_CONSIDERED for facet in facets)


def read_cell(parameters: Parameters, facets: Mapping[str, Facet]) -> tuple[Cell | None, list[str]]:
    """The cell in an address, None if there is none; and what was not understood. Never raises."""
    asked, notices = parse(parameters, facets.values(), sort_labels())
    chosen = asked.chosen
    if len(chosen) != 2 or any(len(values) != 1 for _name, values in chosen):
        return None, notices
    if not can_be_considered(*(facets[name] for name, _values in chosen)):
        return None, notices
    labels = [facets[name].option(values[0]).label for name, values in chosen]
    return Cell(Query(chosen=chosen), " × ".join(labels)), notices


def cell_of(key: str, facets: Mapping[str, Facet]) -> Cell | None:
    """The cell that was kept under a key; None if one of its terms is gone."""
    return read_cell(QueryDict(key), facets)[0]
