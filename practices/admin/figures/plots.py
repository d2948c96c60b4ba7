"""Plots as SVG: columns, lines and bars, with a title and a description. Pure, without script.

Every number stands at what it is of, so that there is no axis to read and no colour to tell apart;
colours, light and dark, come from the style sheet by class.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from practices.admin.figures.tables import Cell, Plot, Table, shown

STEP, COLUMN, HEIGHT, HEAD, FOOT = 36, 24, 110, 22, 40
BAR_WIDTH, BAR_HEIGHT, BAR_STEP = 360, 14, 42
MOST_BARS = 15
LONGEST = 46
"""Characters of a name at a bar; the table has all of it."""


class Drawing(NamedTuple):
    """A plot: a whole SVG element, and what it is of."""

    caption: str
    svg: str
    is_wide: bool
    """Whether it grows with the number of months, so that a small screen must scroll."""


def plots_of(table: Table, description: str) -> list[Drawing]:
    """The plots of a table; none of what has nothing but noughts."""
    if table.is_empty or table.plot is Plot.NONE:
        return []
    if table.plot is Plot.BARS:
        return [Drawing(table.title, _bars(table, description), is_wide=False)]
    return [
        Drawing(head, _panel(table, column, description), is_wide=True)
        for column, head in enumerate(table.heads[1:], 1)
        if any(row[column] for row in table.rows)
    ]


def _panel(table: Table, column: int, description: str) -> str:
    """One column of a table over time."""
    values = [row[column] for row in table.rows]
    width = STEP * len(values)
    name = f"{table.name}-{column}"
    svg = _svg(
        name, f"{table.title}: {table.heads[column]}", description, width, HEAD + HEIGHT + FOOT
    )
    top = max([1.0, *(value for value in map(_number, values) if value is not None)])
    places = [
        (STEP * (place + 0.5), None if (number := _number(value)) is None else _y(number, top))
        for place, value in enumerate(values)
    ]
    base = HEAD + HEIGHT
    SubElement(svg, "path", {"class": "plot__base", "d": f"M0 {base}H{width}"})
    if table.plot is Plot.LINES:
        _lines(svg, places)
    else:
        _columns(svg, places)
    for (x, y), row, value in zip(places, table.rows, values, strict=True):
        if y is not None:
            _text(svg, x, y - 6, shown(value), "plot__value")
        for line, word in enumerate(shown(row[0]).split()):
            _text(svg, x, base + 16 + 15 * line, word, "plot__label")
    return tostring(svg, encoding="unicode")


def _columns(svg: Element, places: Sequence[tuple[float, float | None]]) -> None:
    base = HEAD + HEIGHT
    for x, y in places:
        if y is not None and y < base:
            _rect(svg, x - COLUMN / 2, y, COLUMN, base - y)


def _lines(svg: Element, places: Sequence[tuple[float, float | None]]) -> None:
    """Points, joined where they follow each other: what is not known makes a gap."""
    for is_known, run in groupby(places, key=lambda place: place[1] is not None):
        points = list(run)
        if not is_known:
            continue
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        SubElement(svg, "path", {"class": "plot__line", "d": f"M{path}"})
        for x, y in points:
            attributes = {"class": "plot__point", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"}
            SubElement(svg, "circle", attributes)


def _bars(table: Table, description: str) -> str:
    """The first numbers of a table, each under its name."""
    rows = table.rows[:MOST_BARS]
    svg = _svg(table.name, table.title, description, BAR_WIDTH, BAR_STEP * len(rows))
    longest = max([1.0, *(number for row in rows if (number := _number(row[1])) is not None)])
    for place, row in enumerate(rows):
        y = BAR_STEP * place
        number = _number(row[1]) or 0.0
        length = (BAR_WIDTH - 60) * number / longest
        _text(svg, 0, y + 14, _short(shown(row[0])), "plot__name")
        if length:
            _rect(svg, 0, y + 20, length, BAR_HEIGHT)
        _text(svg, length + 6, y + 32, shown(row[1]), "plot__name")
    return tostring(svg, encoding="unicode")


def _svg(name: str, title: str, description: str, width: int, height: int) -> Element:
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "class": "plot", "role": "img",
            "viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height),
            "aria-labelledby": f"plot-{name}-title plot-{name}-desc",
        },
    )  # fmt: skip
    SubElement(svg, "title", {"id": f"plot-{name}-title"}).text = _printable(title)
    SubElement(svg, "desc", {"id": f"plot-{name}-desc"}).text = _printable(description)
    return svg


def _text(svg: Element, x: float, y: float, text: str, kind: str) -> None:
    place = {"class": kind, "x": f"{x:.1f}", "y": f"{y:.1f}"}
    SubElement(svg, "text", place).text = _printable(text)


def _rect(svg: Element, x: float, y: float, width: float, height: float) -> None:
    sizes = zip(("x", "y", "width", "height"), (x, y, width, height), strict=True)
    SubElement(svg, "rect", {"class": "plot__bar"} | {name: f"{size:.1f}" for name, size in sizes})


def _y(number: float, top: float) -> float:
    return HEAD + HEIGHT * (1 - number / top)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _printable(text: str) -> str:
    """Without control characters, which XML does not allow."""
    return "".join(char for char in text if char.isprintable())
