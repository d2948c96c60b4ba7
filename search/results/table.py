"""Two facets against each other: how often each pair of their values occurs in a search."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.engines.base import Axis, Crossed, Reader
from search.questions.facets import Facet, Option
from search.questions.query import Query
from search.questions.text import NO_SYNONYMS, Synonyms
from search.results.answers import Facets, read, request_of


@dataclass(frozen=True, slots=True)
class Side:
    """The rows or the columns of a table."""

    facet: Facet
    options: tuple[Option, ...]
    left_out: int
    """How many options there was no room for."""

    @property
    def axis(self) -> Axis:
        """What an engine needs of it."""
        return Axis(self.facet.name, tuple(option.value for option in self.options))


def side(facet: Facet, chosen: tuple[str, ...], counts: Mapping[str, int], room: int) -> Side:
    """The options of a facet that a table shows, in their order.

    Where values are chosen: these, and what stands below them. As documents with a narrower value
    have the broader one too, all that is counted answers the search. Else the broadest options.
    Of more than there is room for, those with most hits.
    """
    options = [
        option
        for option in _candidates(facet, chosen, counts)
        if option.is_active or counts.get(option.value) or option.value in chosen
    ]
    by_count = sorted(options, key=lambda option: -counts.get(option.value, 0))
    kept = by_count[:room]
    if not facet.by_count:
        present = {option.value for option in kept}
        kept = [option for option in options if option.value in present]
    return Side(facet, tuple(kept), len(options) - len(kept))


def _candidates(facet: Facet, chosen: tuple[str, ...], counts: Mapping[str, int]) -> list[Option]:
    if facet.kind == "range":
        years = set(counts) & set(facet.indexed(chosen)) if chosen else set(counts)
        return [facet.option(year) for year in sorted(years)]
    options = facet.options
    if chosen:
        return [option for option in options.values() if _is_within(option, chosen, options)]
    return [option for option in options.values() if option.parent not in options]


def _is_within(option: Option, chosen: tuple[str, ...], options: Mapping[str, Option]) -> bool:
    """Whether an option is chosen, or stands below one that is."""
    seen = set()
    at: Option | None = option
    while at is not None and at.value not in seen:
        if at.value in chosen:
            return True
        seen.add(at.value)
        at = options.get(at.parent)
    return False


def narrower(facet: Facet, value: str) -> bool:
    """Whether options stand below a value."""
    return any(option.parent == value and option.is_active for option in facet.options.values())


def cell(query: Query, rows: Side, row: str, columns: Side, column: str) -> Query:
    """The search of one cell: that of the table, with exactly these two values."""
    return query.choosing(rows.facet.name, [row]).choosing(columns.facet.name, [column])


def count(
    reader: Reader,
    query: Query,
    facets: Facets,
    rows: Side,
    columns: Side,
    synonyms: Synonyms = NO_SYNONYMS,
) -> Crossed:
    """For each row and column what `cell` finds; nothing where that is none.

    Raises `EngineError`.
    """
    if not rows.options or not columns.options:
        return {}
    rest = query.choosing(rows.facet.name, ()).choosing(columns.facet.name, ())
    request = request_of(rest, read(rest.text, synonyms), facets)
    return reader.crossed(request, rows.axis, columns.axis)
