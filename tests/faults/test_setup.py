"""`manage.py setup` killed, run twice at once, and where something is away."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from cms.tree.steps import STEPS
from tests.databases import (
    drop_database,
    new_database,
    postgresql_template,
    sqlite_template,
)
from tests.faults.gunicorn import ROOT
from tests.services import database_url

pytestmark = pytest.mark.fault

NAMES = [step.name for step in STEPS]


class Place:
    """A data folder, and commands on it."""

    def __init__(self, folder: Path, *, is_migrated: bool = True) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.database = folder / "wegwijzer.sqlite3"
        if is_migrated:
            shutil.copy(sqlite_template(is_filled=False), self.database)

    def start(self, *command: str, **variables: str) -> "subprocess.Popen[str]":
        """Start a Python process; what it says comes through a pipe."""
        return subprocess.Popen(
            [sys.executable, "-u", *command],
            cwd=ROOT,
            env=self.environment(variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """That of the embedded site in this folder."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            **variables,
        }

    def setup(self, *options: str, **variables: str) -> tuple[int, str, str]:
        """Run it to its end: exit code, what it said, what went wrong."""
        process = self.start("manage.py", "setup", *options, **variables)
        said, wrong = process.communicate(timeout=300)
        return process.returncode, said, wrong

    def standing(self) -> Any:
        """What the site has."""
        said, wrong = self.start("-m", "tests.standing").communicate(timeout=60)
        assert said, wrong
        return json.loads(said)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What comes of a setup that nothing kills."""
    place = Place(tmp_path_factory.mktemp("whole"))
    code, said, wrong = place.setup()
    assert code == 0, said + wrong
    return place.standing()


def kill_when_it_says(place: Place, part: str) -> None:
    """Kill a setup as soon as it says something."""
    process = place.start("manage.py", "setup")
    assert process.stdout
    for line in process.stdout:
        if part in line:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()


def completes(place: Place, whole: Any) -> None:
    """A second setup makes what a killed one left."""
    code, said, wrong = place.setup()
    assert code == 0, said + wrong
    assert place.standing() == whole
    code, said, _wrong = place.setup()
    assert said.count("niets te doen") == len(STEPS)


def test_killed_at_each_step_the_next_completes_it(tmp_path: Path, whole: Any) -> None:
    """One site, killed again and again, each time a step further."""
    place = Place(tmp_path)
    for name in ("lists", "roles", "registers", "index"):
        kill_when_it_says(place, f"{NAMES.index(name) + 1}/{len(STEPS)} ")
    completes(place, whole)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_killed_at_any_step_of_a_new_site_the_next_completes_it(
    tmp_path: Path, whole: Any, number: int
) -> None:
    place = Place(tmp_path)
    kill_when_it_says(place, f"{number}/{len(STEPS)} ")
    completes(place, whole)


def migrations_of(place: Place) -> int:
    """How many migrations a database has, as seen from elsewhere."""
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"file:{place.database}?mode=ro", uri=True)) as database,
    ):
        count: int = database.execute("SELECT count(*) FROM django_migrations").fetchone()[0]
        return count
    return 0


def test_killed_while_it_migrates_the_next_completes_it(tmp_path: Path, whole: Any) -> None:
    place = Place(tmp_path, is_migrated=False)
    process = place.start("manage.py", "setup")
    deadline = time.monotonic() + 120
    while migrations_of(place) < 30:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    completes(place, whole)


def test_of_two_at_once_one_waits_and_then_finds_nothing_to_do(tmp_path: Path, whole: Any) -> None:
    place = Place(tmp_path)
    both = [place.start("manage.py", "setup") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    waited = [output for output, _wrong in said if "Er draait al een setup" in output]
    assert len(waited) == 1
    assert waited[0].count("niets te doen") == len(STEPS)
    assert place.standing() == whole


def test_of_two_at_once_on_postgresql_one_waits_too(tmp_path: Path) -> None:
    near = database_url()
    address = new_database(near, postgresql_template(near))
    try:
        place = Place(tmp_path)
        both = [place.start("manage.py", "setup", DATABASE_URL=address) for _ in range(2)]
        said = [process.communicate(timeout=120) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        waited = [output for output, _wrong in said if "Er draait al een setup" in output]
        assert len(waited) == 1
        # The indexes lie in this folder; all the rest stands in the database.
        assert waited[0].count("niets te doen") == len(STEPS)
    finally:
        drop_database(address)


def is_told(outcome: tuple[int, str, str], sentence: str) -> bool:
    """Whether it stopped with a sentence, and not with the innards of the program."""
    code, _said, wrong = outcome
    return code == 1 and sentence in wrong and "Traceback" not in wrong


def test_what_is_away_or_shut_is_told_with_what_to_do(tmp_path: Path) -> None:
    place = Place(tmp_path / "site")
    shut = tmp_path / "shut"
    shut.write_text("no folder")
    away = "postgres://nobody@127.0.0.1:1/nothing"
    assert is_told(place.setup(DATABASE_URL=away), "Controleer of de database draait")
    assert is_told(place.setup(DATA_DIR=f"{shut}/data"), "DATA_DIR cannot be made")
    other = f"sqlite:///{shut}/site.sqlite3"
    assert is_told(place.setup(DATABASE_URL=other), "van wie die map is")


def test_without_its_search_engine_all_the_rest_is_done(tmp_path: Path, whole: Any) -> None:
    place = Place(tmp_path)
    away = place.setup(SEARCH_URL="http://127.0.0.1:1/nothing", SEARCH_STANDBY="")
    assert is_told(away, "Controleer SEARCH_URL")
    assert place.standing() == whole
    completes(place, whole)
