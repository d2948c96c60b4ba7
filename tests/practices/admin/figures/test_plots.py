"""A plot is XML, says what it is, and has no number that its table has not."""

import re

import pytest

from practices.admin.figures.plots import plots_of
from practices.admin.figures.tables import Cell, Plot, Table, as_csv
from tests.practices.admin.figures.svg import SVG, parsed

NASTY = '<script>"&\x00\x0b 3%'


def table(*rows: tuple[Cell, ...], plot: Plot = Plot.COLUMNS, heads: int = 2) -> Table:
    names = ("Maand", "Ingediend", "Gemiddeld")[:heads]
    return Table("naam", f"Titel {NASTY}"[:6], "Uitleg", names, rows, "Leeg.", plot)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:,\d+)?", text))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter() if element.text]


@pytest.mark.parametrize("plot", [Plot.COLUMNS, Plot.LINES, Plot.BARS])
def test_a_plot_is_xml_with_a_title_and_a_description(plot: Plot) -> None:
    ((_caption, svg, _is_wide),) = plots_of(
        table((f"dec 2025 {NASTY}", 3), plot=plot), f"Wat {NASTY}"
    )
    root = parsed(svg)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    named = [root.find(f"{SVG}{kind}") for kind in ("title", "desc")]
    assert [one.get("id") for one in named if one is not None] == root.get(
        "aria-labelledby", ""
    ).split()
    assert all(one is not None and one.text for one in named)
    assert "<script" not in svg
    assert "style=" not in svg


@pytest.mark.parametrize("kind", [Plot.COLUMNS, Plot.LINES, Plot.BARS])
def test_every_number_of_a_plot_stands_in_its_table(kind: Plot) -> None:
    shown = table(
        ("dec 2025", 3, 2.5), ("jan 2026", 0, 12.0), ("feb 2026", 117, None), plot=kind, heads=3
    )
    found = {
        number
        for plot in plots_of(shown, "Uitleg")
        for text in texts(plot.svg)
        for number in numbers(text)
    }
    assert found <= numbers(as_csv(shown))
    assert {"3", "117", "2025"} <= found


def test_the_highest_column_is_as_high_as_the_plot_and_a_nought_is_none() -> None:
    ((_caption, svg, _is_wide),) = plots_of(table(("a", 10), ("b", 5), ("c", 0)), "Uitleg")
    heights = [float(bar.get("height", "")) for bar in parsed(svg).iter(f"{SVG}rect")]
    assert heights == [110, 55]


def test_what_is_not_known_makes_a_gap_in_a_line() -> None:
    rows = (("a", 1), ("b", 2), ("c", None), ("d", 4))
    ((_caption, svg, _is_wide),) = plots_of(table(*rows, plot=Plot.LINES), "Uitleg")
    root = parsed(svg)
    lines = [path for path in root.iter(f"{SVG}path") if path.get("class") == "plot__line"]
    assert [line.get("d", "").count("L") for line in lines] == [1, 0]
    assert len(list(root.iter(f"{SVG}circle"))) == 3


def test_the_bars_of_a_long_table_are_the_first() -> None:
    ((_caption, svg, _is_wide),) = plots_of(
        table(*((f"naam {n}", 90 - n) for n in range(60)), plot=Plot.BARS), "Uitleg"
    )
    assert len(list(parsed(svg).iter(f"{SVG}rect"))) == 15


def test_a_table_without_numbers_has_no_plot() -> None:
    assert plots_of(table(("a", 0), ("b", None)), "Uitleg") == []
    assert plots_of(table(), "Uitleg") == []


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\r=1"])
def test_a_file_has_nothing_that_works_as_a_formula(text: str) -> None:
    last = as_csv(table((text, 1))).partition("\r\n")[2]
    assert last.lstrip('"').startswith("'")
