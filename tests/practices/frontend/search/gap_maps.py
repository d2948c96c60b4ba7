"""The gap map of a question as it stands in an address."""

from django.http import QueryDict

from practices.frontend.search.gaps import GapMap
from practices.indexes import registers
from practices.indexes.searching import sort_labels
from search.questions.query import Query, parse


def read(text: str) -> Query:
    facets = registers.current().facets
    query, notices = parse(QueryDict(text), facets.values(), sort_labels())
    assert notices == []
    return query


def gap_map(text: str, row: str, column: str) -> GapMap:
    return GapMap(read(text), [], registers.current(), row, column)
