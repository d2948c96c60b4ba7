"""Draws the house in docs/architecture.md from import-linter's contracts.

Usage: python -m tools.architecture. What a room is for is the first line of its docstring.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- drawn by `make architecture` -->\n", "<!-- end of the drawing -->\n"
PACKAGES = ("cms", "practices", "search")
WIDTH = 15


def floors(package: str) -> list[list[str]]:
    """The floors of a package, the upper one first, each with its rooms."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one.get("containers") == [package]] or [[]]
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def drawing() -> str:
    """The packages one below the other, each with its floors."""
    lines = ["```text"]
    for package in PACKAGES:
        lines += [_box(package, floors(package))]
    return "\n".join([*lines, "```", ""])


def write() -> None:
    """Put the drawing in its place in the document."""
    before, rest = DOCUMENT.read_text().split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}{drawing()}{END}{after}")


def _box(package: str, levels: list[list[str]]) -> str:
    lines = [f"{package}/  {_says(ROOT / package)}"]
    for number, rooms in zip(range(len(levels), 0, -1), levels, strict=True):
        lines += [f"  {number}  ─────", *_rooms(package, rooms)]
    return "\n".join([*lines, ""])


def _rooms(package: str, rooms: list[str]) -> Iterator[str]:
    for room in rooms:
        yield f"     {room:{WIDTH}} {_says(ROOT / package / room)}".rstrip()


def _says(place: Path) -> str:
    """The first line of the docstring of a module or package."""
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text())) or ""
    return text.partition("\n")[0].rstrip(".")


if __name__ == "__main__":
    write()
