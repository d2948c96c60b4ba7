"""Every command of ours does its work to the end, and speaks the language of the site."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest
from django.core.management import BaseCommand, CommandParser, get_commands, load_command_class
from django.utils.translation import override

from search.management.piping import PipedCommand
from tests.databases import sqlite_template

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "practices", "search")
OURS = sorted(name for name, app in get_commands().items() if app in APPS)
FOR_DEVELOPERS = {"makemessages"}
"""Django's, with Django's help."""
SAYS = {"write", "_write", "_tell", "_tell_block", "CommandError"}
"""What is called with something that an operator reads."""
TRANSLATES = {"_", "gettext_lazy", "ngettext"}
UNITS = {"MB"}


@pytest.fixture
def unread() -> Iterator[TextIO]:
    """A pipe whose reader has gone away, as `head` does."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as file:
        yield file


@pytest.mark.parametrize("name", OURS)
def test_a_command_whose_output_nobody_reads_ends_its_work(
    name: str, unread: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = load_command_class(get_commands()[name], name)
    assert isinstance(command, PipedCommand)
    written = []

    def handle(self: BaseCommand, *_args: Any, **_options: Any) -> str:
        for number in range(2000):
            self.stdout.write("a line of some length")
            self.stderr.write("a line of some length")
            written.append(number)
        return "done"

    monkeypatch.setattr(type(command), "handle", handle)
    options = {"force_color": False, "no_color": True, "skip_checks": True}
    assert command.execute(stdout=unread, stderr=unread, **options) == "done"
    assert len(written) == 2000


def english(node: ast.AST) -> Iterator[str]:
    """Words in a piece of code that no translation is asked for."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in TRANSLATES:
            return
        case ast.Dict(values=values):
            for value in values:
                yield from english(value)
        case ast.Subscript(value=value):
            yield from english(value)
        case ast.Constant(value=str(text)):
            yield from set(re.findall(r"[^\W\d_]{2,}", text)) - UNITS
        case _:
            for child in ast.iter_child_nodes(node):
                yield from english(child)


def said(module: ast.Module) -> Iterator[ast.AST]:
    """What operators read of a command: lines, refusals, help, and facts that are listed."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args) if (
                name in SAYS
            ):
                yield from args
            case ast.keyword(arg="help" | "unit", value=value):
                yield value
            case ast.Assign(targets=[ast.Name(id="help")], value=value):
                yield value
            case ast.Yield(value=ast.AST() as value):
                yield value


@pytest.mark.parametrize("name", sorted(set(OURS) - FOR_DEVELOPERS))
def test_all_that_a_command_says_is_in_the_language_of_the_site(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    told: dict[str, list[str]] = {}
    for language in ("en", "nl"):
        with override(language):
            told[language] = helps(load_command_class(get_commands()[name], name))
    assert all(dutch != text for dutch, text in zip(told["nl"], told["en"], strict=True)), told
    for of in {type(command), *type(command).__bases__} - {PipedCommand}:
        module = ast.parse(Path(str(sys.modules[of.__module__].__file__)).read_text())
        assert [word for node in said(module) for word in english(node)] == []


def helps(command: BaseCommand) -> list[str]:
    """What `--help` says of a command of ours, without what Django says of all commands."""
    parser = command.create_parser("manage.py", "name")
    base: CommandParser = PipedCommand().create_parser("manage.py", "name")
    of_all = {action.dest for action in base._actions}
    of_one = [action.help for action in parser._actions if action.dest not in of_all]
    return [str(parser.description), *(str(text) for text in of_one)]


def test_a_word_that_nobody_translates_is_seen() -> None:
    for code in (
        "self.stdout.write('Done.')",
        "self.stdout.write(f'{name}: up to date')",
        "raise CommandError('%s is gone' % name)",
        "parser.add_argument('--all', help='all of them')",
        "yield 'size', status.bytes",
    ):
        assert [word for node in said(ast.parse(code)) for word in english(node)], code


def test_there_are_commands_to_look_at() -> None:
    assert {"search_status", "search_rebuild", "reference", "demo", "worker"} <= set(OURS)


def test_the_state_of_the_search_may_be_cut_off_by_head(tmp_path: Path) -> None:
    shutil.copy(sqlite_template(), tmp_path / "wegwijzer.sqlite3")
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'wegwijzer.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
    }
    with subprocess.Popen(
        [sys.executable, "manage.py", "search_status"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
