"""A table of figures as a value: the page, its plot and its file show the same one. Pure."""

import csv
from dataclasses import dataclass
from datetime import date
from enum import Enum
from io import StringIO
from typing import NamedTuple

from django.utils.formats import date_format

from practices.selectors.cells import harmless

NOTHING = "–"


class Link(NamedTuple):
    """A cell that leads somewhere."""

    text: str
    url: str


class ShownCell(NamedTuple):
    """A cell as a page shows it."""

    text: str
    url: str
    is_number: bool


Cell = str | int | float | Link | None


class Plot(Enum):
    """How the numbers of a table are drawn."""

    NONE = "none"
    COLUMNS = "columns"
    """A plot for each column; time goes from left to right."""
    LINES = "lines"
    BARS = "bars"
    """The first numbers, one bar below the other."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads; the first cell of a row names it.

    `name` stands in addresses. `lead` says what is counted, `empty` what to say without numbers.
    """

    name: str
    title: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    plot: Plot = Plot.NONE
    more: int = 0
    """Rows that the file has and the page has not."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show: no rows, or nothing but noughts."""
        return not any(cell for row in self.rows for cell in row[1:])

    @property
    def head_cells(self) -> "list[ShownCell]":
        """The heads, each with whether numbers stand under it."""
        first = self.rows[0] if self.rows else self.heads
        return [
            ShownCell(head, "", _is_number(cell))
            for head, cell in zip(self.heads, first, strict=True)
        ]

    @property
    def cells(self) -> "list[list[ShownCell]]":
        """All cells as a page shows them."""
        return [
            [
                ShownCell(shown(cell), cell.url if isinstance(cell, Link) else "", _is_number(cell))
                for cell in row
            ]
            for row in self.rows
        ]

    @property
    def texts(self) -> list[list[str]]:
        """All cells as they are read."""
        return [[shown(cell) for cell in row] for row in self.rows]


def shown(cell: Cell) -> str:
    """A cell as it is read: Dutch numbers, a dash for what is not known."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, float):
        return f"{cell:.1f}".removesuffix(".0").replace(".", ",")
    return str(cell)


def as_csv(table: Table) -> str:
    """The table as spreadsheets in Dutch read it; nothing in it works as a formula."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(harmless, row) for row in [table.heads, *table.texts])
    return "\ufeff" + file.getvalue()


def month_text(month: date) -> str:
    """A month as the first cell of a row."""
    return date_format(month, "M Y")


def day_text(day: date) -> str:
    """A day in a cell."""
    return date_format(day, "j M Y")


def _is_number(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float)
