"""The gap map: two facets of a search against each other, and where nobody wrote anything yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from practices.addresses import GAPS, consider_address
from practices.frontend.pages import crumbs
from practices.frontend.pages.terms import LinkedTerm
from practices.indexes.readers import practice_reader
from practices.indexes.registers import Registers
from practices.indexes.searching import ADDRESSES, standby_notices
from practices.services.considerations.cells import can_be_considered
from search.questions.facets import Facet, Option
from search.questions.query import OWN, Parameters, Query, clean
from search.results import answers, presenter, table
from search.results.presenter import Addresses, Chip
from search.results.table import Side

ROW, COLUMN = "rij", "kolom"
DEFAULT = {ROW: "vorm", COLUMN: "doelgroep"}
MOST_ROWS, MOST_COLUMNS = 20, 12
NEAREST = 3
SHADES = 4
MARKS = ("-0-", "-1-")
"""No values; they are written in an address as they are."""


@dataclass(frozen=True, slots=True)
class Near:
    """A filled cell near an empty one."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: following `url` gives exactly `count`; `shade` is 0 (empty) to `SHADES`."""

    label: str
    count: int
    url: str
    shade: int
    near: Sequence[Near]
    consider_url: str = ""
    """Where an official says that this empty cell is considered."""


class Heading(NamedTuple):
    """The name of a row or column; `url` divides it into what stands below it, or is empty."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet that can be chosen for the rows or columns."""

    name: str
    label: str
    is_row: bool
    is_column: bool


def crossable(facets: Mapping[str, Facet]) -> dict[str, Facet]:
    """The facets that can be rows or columns: those whose values documents have themselves."""
    return {name: facet for name, facet in facets.items() if not facet.on}


def read_sides(parameters: Parameters, facets: Mapping[str, Facet]) -> tuple[str, str, list[str]]:
    """The facets for rows and columns, and what was not understood; never raises."""
    facets = crossable(facets)
    raw = dict(parameters.lists())
    notices: list[str] = []
    row, column = (_side(name, raw.get(name, ()), facets, notices) for name in (ROW, COLUMN))
    if row == column:
        column = next(name for name in reversed(DEFAULT.values()) if name != row)
        notices.append(
            _("Choose two different characteristics. You see %(row)s and %(column)s.")
            % {"row": facets[row].label, "column": facets[column].label}
        )
    return row, column, notices


def _side(name: str, values: Sequence[str], facets: Mapping[str, Facet], notices: list[str]) -> str:
    if len(values) > 1:
        notices.append(
            _("“%(name)s” was given more than once. We used the last one.") % {"name": name}
        )
    raw = clean(values[-1][:200]).strip().lower() if values else ""
    if raw and raw not in facets:
        notices.append(
            _("We do not know the characteristic “%(given)s”. You see %(facet)s.")
            % {"given": raw[:40], "facet": facets[DEFAULT[name]].label}
        )
    return raw if raw in facets else DEFAULT[name]


class GapMap:
    """Counts two facets of a search together; raises `EngineError` if no engine can."""

    def __init__(
        self, query: Query, notices: list[str], registers: Registers, row: str, column: str
    ) -> None:
        self.facets, self.row, self.column = registers.facets, row, column
        reader = practice_reader()
        found = answers.run(reader, query.at_page(1), registers.facets, registers.synonyms)
        self.query, self.total = found.query, found.answer.total
        self.rows = self._side(row, found.answer.counts, MOST_ROWS)
        self.columns = self._side(column, found.answer.counts, MOST_COLUMNS)
        self.counts = table.count(
            reader, self.query, self.facets, self.rows, self.columns, registers.synonyms
        )
        self.notices = [*notices, *standby_notices(reader)]

    def _side(self, name: str, counts: Mapping[str, Mapping[str, int]], room: int) -> Side:
        return table.side(self.facets[name], self.query.values(name), counts.get(name, {}), room)

    @property
    def addresses(self) -> Addresses:
        """Addresses of other searches, with the same two facets."""
        return Addresses(GAPS, f"{ROW}={self.row}&{COLUMN}={self.column}")

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What is chosen, each with this page without it."""
        return presenter.chips(self.query, self.facets, self.addresses)

    @property
    def search_url(self) -> str:
        """The search that is counted."""
        return ADDRESSES.of(self.query)

    @property
    def turned_url(self) -> str:
        """The same with rows and columns turned."""
        return Addresses(GAPS, f"{ROW}={self.column}&{COLUMN}={self.row}").of(self.query)

    @property
    def choices(self) -> list[Choice]:
        """All facets, for the form."""
        return [
            Choice(name, facet.label, name == self.row, name == self.column)
            for name, facet in crossable(self.facets).items()
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The search as hidden fields."""
        query = self.query
        pairs = [("q", query.text)] if query.text else []
        pairs += [(name, value) for name, values in query.chosen for value in values]
        return pairs + ([(OWN, query.own)] if query.own else [])

    @property
    def crumbs(self) -> list[crumbs.Crumb]:
        """The way to this page."""
        return crumbs.search()

    @property
    def row_label(self) -> str:
        """The name of the facet of the rows."""
        return self.facets[self.row].label

    @property
    def column_label(self) -> str:
        """The name of the facet of the columns."""
        return self.facets[self.column].label

    @property
    def words(self) -> list[LinkedTerm]:
        """The values of rows and columns, for their meanings below the table."""
        options = (*self.rows.options, *self.columns.options)
        return [LinkedTerm(option.label, "", option.definition) for option in options]

    @property
    def is_cut(self) -> bool:
        """Whether there was no room for all values."""
        return bool(self.rows.left_out or self.columns.left_out)

    @property
    def is_divisible(self) -> bool:
        """Whether some heading leads to what stands below it."""
        return any(heading.url for heading in self.headings) or any(
            heading.url for heading, _cells in self.lines
        )

    @property
    def gaps(self) -> int:
        """How many cells are empty."""
        filled = sum(len(across) for across in self.counts.values())
        return len(self.rows.options) * len(self.columns.options) - filled

    @cached_property
    def headings(self) -> list[Heading]:
        """The columns."""
        return [self._heading(self.columns, option) for option in self.columns.options]

    @cached_property
    def lines(self) -> list[tuple[Heading, list[Cell]]]:
        """The rows, each with its cells in the order of the columns."""
        return [
            (
                self._heading(self.rows, row),
                [self._cell(row, column) for column in self.columns.options],
            )
            for row in self.rows.options
        ]

    def _heading(self, side: Side, option: Option) -> Heading:
        name, value = side.facet.name, option.value
        if value in self.query.values(name) or not table.narrower(side.facet, value):
            return Heading(option.label, "")
        return Heading(option.label, self.addresses.of(self.query.choosing(name, [value])))

    def _cell(self, row: Option, column: Option) -> Cell:
        count = self._count(row, column)
        near = () if count else self._near(row, column)
        shade = -(-count * SHADES // self._most)
        consider = "" if count else self._consider_url(row, column)
        return Cell(_pair(row, column), count, self._url(row, column), shade, near, consider)

    @cached_property
    def _consider(self) -> str:
        """The address to consider a cell; empty where these facets are nothing to consider."""
        if not can_be_considered(self.rows.facet, self.columns.facet):
            return ""
        return consider_address()

    def _consider_url(self, row: Option, column: Option) -> str:
        pairs = sorted([(self.row, row.value), (self.column, column.value)])
        asked = "&".join(f"{name}={value}" for name, value in pairs)
        return f"{self._consider}?{asked}" if self._consider else ""

    def _near(self, row: Option, column: Option) -> Sequence[Near]:
        """The cells of the same row or column with most practices."""
        best = [*self._best_of_rows[row.value], *self._best_of_columns[column.value]]
        return sorted(best, key=lambda near: -near.count)[:NEAREST]

    @cached_property
    def _best_of_rows(self) -> dict[str, list[Near]]:
        return {
            row.value: self._best((row, column) for column in self.columns.options)
            for row in self.rows.options
        }

    @cached_property
    def _best_of_columns(self) -> dict[str, list[Near]]:
        return {
            column.value: self._best((row, column) for row in self.rows.options)
            for column in self.columns.options
        }

    def _best(self, pairs: Iterable[tuple[Option, Option]]) -> list[Near]:
        filled = [(self._count(*pair), *pair) for pair in pairs if self._count(*pair)]
        filled.sort(key=lambda one: -one[0])
        return [Near(_pair(a, b), self._url(a, b), count) for count, a, b in filled[:NEAREST]]

    @cached_property
    def _most(self) -> int:
        return max(
            (count for across in self.counts.values() for count in across.values()), default=1
        )

    def _count(self, row: Option, column: Option) -> int:
        return self.counts.get(row.value, {}).get(column.value, 0)

    @cached_property
    def _address(self) -> str:
        """The address of a cell with a mark for each value; a table has hundreds of links."""
        row, column = MARKS
        return ADDRESSES.of(table.cell(self.query, self.rows, row, self.columns, column))

    def _url(self, row: Option, column: Option) -> str:
        # A value is a slug or a year, which stands in an address as it is. What is searched in text
        # cannot look like a mark: an equals sign in it is written otherwise.
        address = self._address
        for mark, option in zip(MARKS, (row, column), strict=True):
            address = address.replace(f"={mark}", f"={option.value}")
        return address


def _pair(row: Option, column: Option) -> str:
    return f"{row.label} × {column.label}"
