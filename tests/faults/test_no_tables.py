"""Each command of ours on a database in which nothing is: it says what to do."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import drop_database, new_database
from tests.faults.conftest import ELSEWHERE, Site
from tests.services import database_url

pytestmark = pytest.mark.fault

WHAT_TO_DO = "De database mist tabellen van deze versie. Typ eerst: manage.py setup"
MAKE_TABLES = {"setup", "demo", "prepare"}
"""`test_setup.py` begins with nothing."""
WAITS = "worker"
WITHOUT_DATABASE = {"makemessages", "restore"}
"""The first asks nothing of it, the second looks at the backup first."""


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def empty_grown(tmp_path: Path) -> Iterator[Site]:
    address = new_database(database_url())
    (tmp_path / ELSEWHERE).write_text(address)
    yield Site(tmp_path)
    drop_database(address)


def test_a_command_without_tables_says_what_to_do(empty: Site) -> None:
    told = json.loads(empty.tell("ask_each_command", WAITS, *MAKE_TABLES))
    assert set(told) > MAKE_TABLES | WITHOUT_DATABASE | {WAITS, "search_status", "backup"}
    for name, said in told.items():
        if name in MAKE_TABLES | {WAITS}:
            assert said is None
        else:
            assert (said == WHAT_TO_DO) is (name not in WITHOUT_DATABASE), f"{name}: {said}"


def test_so_it_does_on_postgresql(empty_grown: Site) -> None:
    done = empty_grown.run("manage.py", "search_status")
    assert (done.returncode, done.stderr) == (1, f"CommandError: {WHAT_TO_DO}\n")


def test_without_a_database_it_says_so_and_where_to_look(tmp_path: Path) -> None:
    (tmp_path / ELSEWHERE).write_text("postgres://nobody@127.0.0.1:1/nothing")
    done = Site(tmp_path).run("manage.py", "search_status")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: De database antwoordt niet: ")
    assert done.stderr.endswith("Kijk of zij draait, en waar zij gezocht wordt.\n")


def test_a_worker_without_tables_waits_for_them(empty: Site) -> None:
    process = empty.start("manage.py", WAITS)
    assert process.stderr
    seen = [process.stderr.readline()]
    assert "waits for the database" in seen[0] or "Delivering" in seen[0]
    process.send_signal(signal.SIGTERM)
    _out, rest = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in rest
