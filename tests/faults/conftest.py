"""A site of its own on disk, for real processes: database, index, server."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A data folder, and what runs on it."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
        }

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a Python process."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a Python process to its end."""
        process = self.start(*command)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def manage(self, *command: str) -> str:
        """Run a management command that must succeed; what it printed."""
        done = self.run("manage.py", *command)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def script(self, *command: str) -> int:
        """Run one of `scripts`; its return code (-9 if it was killed)."""
        return self.run("-m", "tests.faults.scripts", *command).returncode

    def titles(self) -> list[str]:
        """The titles of the live practices, as the database has them."""
        with sqlite3.connect(self.folder / "wegwijzer.sqlite3") as database:
            rows = database.execute(
                "SELECT title FROM wagtailcore_page JOIN practices_practicepage ON id = page_ptr_id"
                " WHERE live ORDER BY title"
            )
            return [title for (title,) in rows]

    def found(self, text: str = "") -> list[str]:
        """The titles that a fresh process finds, first page, in alphabetical order."""
        code = (
            "import django; django.setup()\n"
            "from django.test import Client\n"
            "client = Client(headers={'host': 'localhost'})\n"
            f"found = client.get('/praktijken.json', {{'q': {text!r}}}).json()\n"
            "print(found['total'], *sorted(one['title'] for one in found['results']), sep='\\n')"
        )
        done = self.run("-W", "ignore", "-c", code)
        total, *titles = done.stdout.splitlines()
        assert int(total) == len(titles) or len(titles) == 20
        return titles


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated site with one municipality page and one practice, made once and copied."""
    site = Site(tmp_path_factory.mktemp("prepared"))
    for command in ("migrate", "reference"):
        site.manage(command, "--verbosity", "0")
    code = (
        "import django; django.setup()\n"
        "from tests.factories import make_tree\n"
        "from practices.models import Municipality\n"
        "from practices.services import ensure_municipality_page\n"
        "make_tree()\n"
        "ensure_municipality_page(municipality=Municipality.objects.get(slug='gouda'))\n"
    )
    assert site.run("-c", code).returncode == 0
    assert site.script("publish", "Eerste") == 0
    site.manage("search_rebuild")
    return site.folder


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Site:
    """A copy of the prepared site, for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder, symlinks=True)
    return Site(folder)


@pytest.fixture
def server(site: Site) -> Iterator[Callable[[str], Any]]:
    """Gunicorn with two workers on the site; gives a function that gets an address as text."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = site.start("-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}")

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                get("/praktijken.json")
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1][-2000:]
                assert time.monotonic() < deadline
                time.sleep(0.2)
        yield get
    finally:
        process.terminate()
        process.communicate(timeout=30)
