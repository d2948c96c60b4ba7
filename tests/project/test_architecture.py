"""The house is as its documents draw it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.architecture import BEGIN, DOCUMENT, END, PACKAGES, ROOT, drawing, floors

TEXT = DOCUMENT.read_text()
BELOW_REQUESTS = ("services", "indexes", "selectors")
BELOW = "models|addresses|limits|configuration"
"""Models and what lies below them."""
MOST_INSIDE = 20
"""Imports inside functions of all packages together: see decision 0058."""


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def imports_inside(path: Path, tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Imports that run when a function is called, and whether a comment before says why."""
    lines = path.read_text().splitlines()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                before = lines[function.lineno : node.end_lineno]
                yield f"{path.relative_to(ROOT)}:{node.lineno}", any("#" in one for one in before)


def test_the_drawing_is_that_of_the_contracts() -> None:
    drawn = TEXT.split(BEGIN)[1].split(END)[0]
    assert drawn == drawing(), "run: make architecture"


@pytest.mark.parametrize("package", ["practices", "search"])
def test_every_room_says_what_it_is_for(package: str) -> None:
    rooms = [room for floor in floors(package) for room in floor]
    assert len(rooms) <= 19
    lines = [line.split() for line in drawing().splitlines()]
    assert [
        room for room in rooms if not any(line[:1] == [room] and line[2:] for line in lines)
    ] == []


def test_services_and_what_lies_below_know_no_request() -> None:
    folders = [f"practices/{room}" for room in BELOW_REQUESTS]
    knowing = [
        str(path.relative_to(ROOT))
        for path, tree in modules(*folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.http"
        if {one.name for one in node.names} - {"QueryDict"}
    ]
    assert knowing == []


def test_models_import_nothing_of_ours_but_helpers() -> None:
    above = {
        f"{path.name}: {node.module}"
        for path, tree in modules("practices/models")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and re.match(rf"(practices|search|cms)(?!\.({BELOW}))", node.module or "")
        and not (node.module == "practices" and {one.name for one in node.names} == {"models"})
    }
    assert above == set()


def test_an_import_inside_a_function_gives_its_reason() -> None:
    inside = [one for path, tree in modules(*PACKAGES) for one in imports_inside(path, tree)]
    assert len(inside) <= MOST_INSIDE
    assert [place for place, is_explained in inside if not is_explained] == []
