"""What another site may have otherwise is asked, not assumed: users, base template, address."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.blocks import ROOT

PLUGIN = [
    path
    for package in ("practices", "search")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "practices/templates").rglob("*.html"))
OF_THE_SITE = ("BASE_URL", "TRUSTED_PROXIES", "API_LIMIT")
"""Settings that other sites do not have."""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in PLUGIN:
        yield path, ast.parse(path.read_text())


def used(tree: ast.Module, name: str) -> Iterator[int]:
    """The lines on which a name is used, but as a type or part of one."""
    types = {
        id(inside)
        for node in ast.walk(tree)
        for annotation in (
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *_of_types(node),
        )
        if isinstance(annotation, ast.AST)
        for inside in ast.walk(annotation)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name and id(node) not in types:
            yield node.lineno


def _of_types(node: ast.AST) -> tuple[ast.AST, ...]:
    """What stands in brackets, and on both sides of `|`."""
    if isinstance(node, ast.Subscript):
        return (node.slice,)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return (node.left, node.right)
    return ()


def test_the_user_model_of_django_is_a_type_only() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in trees()
        for name in ("User",)
        if any(
            isinstance(node, ast.ImportFrom)
            and node.module == "django.contrib.auth.models"
            and name in {one.name for one in node.names}
            for node in ast.walk(tree)
        )
        for line in used(tree, name)
    ]
    assert found == []


def test_migrations_and_models_name_no_user_model() -> None:
    for path in [*PLUGIN, *(ROOT / "practices/migrations").glob("*.py")]:
        assert not re.search(r"[\"']auth\.User[\"']|auth_user\b", path.read_text()), path


def test_fields_of_users_are_asked_of_the_model() -> None:
    """What is filtered and read of people goes by `users`, which knows how the model calls it."""
    found = [
        f"{path.relative_to(ROOT)}: {match}"
        for path in PLUGIN
        if path.name != "users.py"
        for match in re.findall(
            r"\w+\.username\b|\buser\.email\b|person\.email\b|recipient\.email\b|account\.email\b"
            r"|username=|username__\w+",
            path.read_text(),
        )
    ]
    assert found == []


def test_settings_of_the_ready_made_site_are_not_read() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in PLUGIN
        for name in OF_THE_SITE
        if re.search(rf"settings\.{name}\b|settings, \"{name}\"", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_public_pages_extend_the_frame_of_the_plugin(path: Path) -> None:
    text = path.read_text()
    assert 'extends "base.html"' not in text
    assert "{% block header %}" not in text, "a site may have one of its own"


def test_rows_of_several_tables_become_one_query_in_one_place() -> None:
    """Django 6.1 leaves the order of a model in a union, which databases refuse."""
    found = [
        str(path.relative_to(ROOT))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("union", "intersection", "difference")
        and any(keyword.arg == "all" for keyword in node.keywords)
    ]
    assert found == ["practices/selectors/prepared.py"]
