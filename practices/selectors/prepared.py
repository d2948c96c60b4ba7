"""Queries whose SQL is made once.

For a page of 20 practices Django takes longer to write such a query than the database to answer it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection

ID = -1
"""Stands where the ids come; no row has it."""


class Prepared:
    """A query for some ids, written by Django once in a process.

    `build` gets a list with one id, which it may use in several places, and returns a queryset of
    values of which the database needs no conversion: numbers, texts and dates as they are.
    """

    def __init__(self, build: Callable[[list[int]], Any]) -> None:
        self.build = build

    @cached_property
    def _written(self) -> tuple[list[str], tuple[Any, ...]]:
        sql, parameters = self.build([ID]).query.sql_with_params()
        return sql.split("%s"), parameters

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows for these ids; one query."""
        pieces, written = self._written
        sql: list[str] = [pieces[0]]
        parameters: list[Any] = []
        for parameter, piece in zip(written, pieces[1:], strict=True):
            values = ids if parameter == ID else (parameter,)
            parameters += values
            sql += [", ".join(["%s"] * len(values)), piece]
        with connection.cursor() as cursor:
            cursor.execute("".join(sql), parameters)
            return list(cursor.fetchall())


def together(queries: Sequence[Any]) -> Any:
    """All rows of several queries of the same columns as one query, in no order.

    In no order is said to each and to the whole: the order that a model has by itself names columns
    of one table, which databases refuse of a union (Django 6.1 leaves it to us).
    """
    first, *others = [query.order_by() for query in queries]
    return first.union(*others, all=True).order_by() if others else first


def chunks(ids: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    """Ids in lists that a database takes as parameters."""
    every = list(ids)
    return (every[start : start + size] for start in range(0, len(every), size))
