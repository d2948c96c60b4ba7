"""Addresses with values of facets that were replaced since: they lead to the present values."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from search.questions.query import PAGE, SORT, TEXT, Parameters

FormerValues = Mapping[str, Mapping[str, str]]
"""By facet: a value that is gone, and the one that took its place."""


def renewed_query(parameters: Parameters, former: FormerValues) -> str | None:
    """The query string with the values of now; None if there is no former value in it.

    Everything else stays, in the order in which the site writes a search. What is empty is left
    out, and a value stands there once. Pure: also for searches that are kept.
    """
    given = {name: list(values) for name, values in parameters.lists()}
    new = {name: _values(values, former.get(name, {})) for name, values in given.items()}
    if new == given:
        return None
    pairs: list[tuple[str, str]] = sorted(_pairs(new), key=_place)
    return urlencode(pairs)


def _values(values: Sequence[str], former: Mapping[str, str]) -> list[str]:
    # As `Facet.read` reads a value.
    return [former.get(value.strip().lower(), value) for value in values]


def _pairs(given: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for name, values in given.items():
        # Of the text, the order and the page the last one counts.
        kept = values if name in (TEXT, SORT, PAGE) else sorted(set(values))
        yield from ((name, value) for value in kept if value.strip())


def _place(pair: tuple[str, str]) -> tuple[int, str]:
    """The text first, then facets, then order and page, as in `Query.query_string`."""
    name = pair[0]
    first = {TEXT: 0, SORT: 2, PAGE: 3}.get(name, 1)
    return first, name if first == 1 else ""
