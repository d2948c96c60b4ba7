"""A site of its own on disk, for real processes: database, index, server.

Its database is SQLite, or PostgreSQL where `DATABASE_URL` names one; its index is tantivy's.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.databases import (
    drop_database,
    name_of,
    new_database,
    postgresql_template,
    sqlite_template,
)
from tests.faults.forking import Forking
from tests.running.shared import made_once
from tests.services import database_url

ROOT = Path(__file__).resolve().parents[2]
OF_THIS_RUN = os.environ.get("DATABASE_URL", "")
IS_GROWN = OF_THIS_RUN.startswith("postgres")
ELSEWHERE = "database-url"
"""A file in a site's folder, if its database is not in there too."""
_forking: dict[tuple[tuple[str, str], ...], Forking] = {}
"""By the environment for which they have loaded Django."""


@pytest.fixture(autouse=True)
def nothing_is_loaded_for_others() -> Iterator[None]:
    """What a test forked from ends with it."""
    yield
    while _forking:
        _key, one = _forking.popitem()
        one.close()


@dataclass(frozen=True)
class Site:
    """A data folder, and what runs on it."""

    folder: Path

    @property
    def database(self) -> str:
        """The address of its database."""
        elsewhere = self.folder / ELSEWHERE
        if elsewhere.exists():
            return elsewhere.read_text()
        return f"sqlite:///{self.folder / 'wegwijzer.sqlite3'}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process on this site."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
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
        """Run a Python process to its end, forked from one that has loaded Django for this site."""
        environment = self.environment
        # Which test it is makes no difference.
        environment.pop("PYTEST_CURRENT_TEST", None)
        key = tuple(sorted(environment.items()))
        if key not in _forking:
            _forking[key] = Forking(environment)
        return _forking[key].run(*command)

    def manage(self, *command: str) -> str:
        """Run a management command that must succeed; what it printed."""
        done = self.run("manage.py", *command)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def begin(self, **fields: str) -> None:
        """Make the tables, publish one practice that has these fields, and find it."""
        for command in ("migrate", "reference"):
            self.manage(command, "--verbosity", "0")
        code = (
            "import django; django.setup()\n"
            "from tests.factories import PracticePageFactory, make_tree\n"
            "make_tree()\n"
            f"PracticePageFactory(complete=True, **{fields!r})\n"
        )
        done = self.run("-c", code)
        assert done.returncode == 0, done.stderr
        self.manage("search_rebuild")
        give_static_files(self.folder)

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
        is_embedded = self.database.startswith("sqlite:")
        database: Any = (
            sqlite3.connect(self.folder / "wegwijzer.sqlite3")
            if is_embedded
            else psycopg.connect(self.database)
        )
        with closing(database):
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
        [number] = self.rows(
            "SELECT count(*) FROM search_change WHERE version > delivered"
            " AND follower NOT LIKE '%:meaning'"
        )
        return int(number)

    def found(self, text: str = "") -> list[str]:
        """The titles with exactly this text that a fresh process finds, in alphabetical order."""
        exact = f'"{text}"' if text else ""
        code = (
            "import django; django.setup()\n"
            "from django.test import Client\n"
            "client = Client(headers={'host': 'localhost'})\n"
            f"found = client.get('/praktijken.json', {{'q': {exact!r}}}).json()\n"
            "print(found['total'], *sorted(one['title'] for one in found['results']), sep='\\n')"
        )
        done = self.run("-W", "ignore", "-c", code)
        total, *titles = done.stdout.splitlines()
        assert int(total) == len(titles) or len(titles) == 20
        return titles


def copy_site(source: Path, target: Path) -> Site:
    """A copy of a site on which no process runs, with a database of its own."""
    shutil.copytree(source, target, symlinks=True)
    elsewhere = target / ELSEWHERE
    if elsewhere.exists():
        original = elsewhere.read_text()
        elsewhere.write_text(new_database(original, name_of(original)))
    return Site(target)


def remove_database(site: Site) -> None:
    """Remove what would outlive the site's folder."""
    if not site.database.startswith("sqlite:"):
        drop_database(site.database)


def give_static_files(folder: Path) -> None:
    """Give a site in a folder what `collectstatic` makes, which is the same for all."""

    def collect(made: Path) -> None:
        command = ("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        subprocess.run([sys.executable, *command], cwd=ROOT, env=Site(made).environment, check=True)

    shutil.copytree(made_once("collected", collect) / "static", folder / "static")


def _move_to_postgresql(site: Site, server: str) -> None:
    """Give a site that has no database yet one on a server."""
    address = new_database(server, postgresql_template(server))
    (site.folder / ELSEWHERE).write_text(address)


def prepare(site: Site) -> Site:
    """Give a site the registers, one municipality page and one practice."""
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from tests.factories import make_tree\n"
        "from practices.models import Municipality\n"
        "from practices.services.record import ensure_municipality_page\n"
        "call_command('reference', verbosity=0)\n"
        "make_tree()\n"
        "ensure_municipality_page(municipality=Municipality.objects.get(slug='gouda'))\n"
    )
    done = site.run("-c", code)
    assert done.returncode == 0, done.stderr
    assert site.script("publish", "Eerste") == 0
    site.manage("search_rebuild")
    return site


@pytest.fixture(scope="session")
def prepared_embedded() -> Path:
    """A site on SQLite, made once; see `copy_site`."""

    def make(folder: Path) -> None:
        shutil.copy(sqlite_template(), folder / "wegwijzer.sqlite3")
        prepare(Site(folder))

    return made_once("prepared-embedded", make)


@pytest.fixture(scope="session")
def prepared_grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same on PostgreSQL: the server of this run, or one that was started for tests."""
    site = Site(tmp_path_factory.mktemp("prepared-grown"))
    _move_to_postgresql(site, OF_THIS_RUN if IS_GROWN else database_url())
    yield prepare(site).folder
    remove_database(site)


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest) -> Path:
    """The one of both that is on the database of this run."""
    name = "prepared_grown" if IS_GROWN else "prepared_embedded"
    found: Path = request.getfixturevalue(name)
    return found


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the prepared site, for one test."""
    site = copy_site(prepared, tmp_path / "data")
    yield site
    remove_database(site)


@pytest.fixture
def embedded_site(prepared_embedded: Path, tmp_path: Path) -> Site:
    """A copy of the prepared site on SQLite, for one test."""
    return copy_site(prepared_embedded, tmp_path / "data")


@pytest.fixture
def grown_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A copy of the prepared site on PostgreSQL, for one test."""
    database_url()
    prepared: Path = request.getfixturevalue("prepared_grown")
    site = copy_site(prepared, tmp_path / "data")
    yield site
    remove_database(site)


@pytest.fixture(params=["embedded_site", "grown_site"])
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
