"""Every command of ours does its work to the end, whoever reads what it says."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest
from django.core.management import BaseCommand, get_commands, load_command_class

from search.management.piping import PipedCommand
from tests.databases import sqlite_template

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "practices", "search")
OURS = sorted(name for name, app in get_commands().items() if app in APPS)


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
