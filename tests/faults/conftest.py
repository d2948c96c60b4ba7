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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.services import database_url

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A data folder, and what runs on it."""

    folder: Path
    database: str = ""
    """The address of a PostgreSQL database; without one it is SQLite in the folder."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
            **({"DATABASE_URL": self.database} if self.database else {}),
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

    def tell(self, *command: str) -> str:
        """Run one of `scripts` that must succeed; what it printed."""
        done = self.run("-m", "tests.faults.scripts", *command)
        assert done.returncode == 0, done.stdout + done.stderr[-3000:]
        return done.stdout.strip()

    def rows(self, query: str) -> list[Any]:
        """What the database answers; the first column of each row."""
        if self.database:
            with psycopg.connect(self.database) as database:
                return [row[0] for row in database.execute(query.encode())]
        with sqlite3.connect(self.folder / "wegwijzer.sqlite3") as database:
            return [row[0] for row in database.execute(query)]

    def titles(self) -> list[str]:
        """The titles of the live practices, as the database has them, in alphabetical order."""
        return sorted(
            self.rows(
                "SELECT title FROM wagtailcore_page"
                " JOIN practices_practicepage ON id = page_ptr_id WHERE live"
            )
        )

    def pending(self) -> int:
        """How many changes still have to reach the index."""
        [number] = self.rows("SELECT count(*) FROM search_change WHERE version > delivered")
        return int(number)

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


def prepare(site: Site) -> Site:
    """Migrate a site and give it one municipality page and one practice."""
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
    return site


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded site, made once and copied."""
    return prepare(Site(tmp_path_factory.mktemp("prepared"))).folder


@contextmanager
def new_database(template: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, which is dropped at the end."""
    server = database_url()
    name = f"faults_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def prepared_grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same on PostgreSQL."""
    with new_database() as database:
        yield prepare(Site(tmp_path_factory.mktemp("prepared-grown"), database))


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Site:
    """A copy of the prepared site, for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder, symlinks=True)
    return Site(folder)


@pytest.fixture
def grown_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A copy of the prepared site on PostgreSQL, for one test."""
    database_url()
    prepared: Site = request.getfixturevalue("prepared_grown")
    folder = tmp_path / "data"
    shutil.copytree(prepared.folder, folder, symlinks=True)
    with new_database(urlsplit(prepared.database).path[1:]) as database:
        yield Site(folder, database)


@pytest.fixture(params=["site", "grown_site"])
def any_site(request: pytest.FixtureRequest) -> Site:
    """The embedded site, and then the one on PostgreSQL."""
    found: Site = request.getfixturevalue(request.param)
    return found


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
