"""A run fails for a test that takes long and is not in the list of those that may."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.limits import LIST, slowness

# Each starts pytest itself.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest, time

@pytest.fixture(scope="module")
def world():
    time.sleep(0.5)

@pytest.fixture
def own():
    time.sleep(0.5)

def test_short(): pass
def test_long(): time.sleep(0.5)
def test_shared(world): pass
def test_own(own): pass
@pytest.mark.parametrize("number", [1, 2])
def test_many(number): time.sleep(0.5)
@pytest.mark.soak
def test_on_purpose(): time.sleep(0.5)
def test_that_fails(): assert False
"""

Run = Callable[..., tuple[int, set[str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs tests of those above; the exit code, and what was said to be too long."""
    (tmp_path / "test_them.py").write_text(TESTS)

    def run(tests: str, *allowed: str, options: tuple[str, ...] = ()) -> tuple[int, set[str]]:
        (tmp_path / "list.toml").write_text("".join(f'"{name}" = "why"\n' for name in allowed))
        (tmp_path / "pytest.ini").write_text(
            f"[pytest]\nlongest_test = 0.4\nheed_load = false\nmarkers = soak\n"
            f"long_tests = {tmp_path / 'list.toml'}\n"
        )
        plugins = ("-p", "tests.running.limits", "-p", "no:django", "-p", "no:schemathesis")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, *options, "-k", tests],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, set(re.findall(r"^TOO LONG [\d.]+ s (\S+)$", done.stdout, re.M))

    return run


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["one process", "a worker"])
def test_what_is_long_and_not_listed_fails_the_run(run: Run, options: tuple[str, ...]) -> None:
    found = run("short or long or own or shared or on_purpose", options=options)
    assert found == (
        1,
        {"test_them.py::test_long", "test_them.py::test_own", "test_them.py::world"},
    )


def test_what_is_listed_may_be_long_with_any_parameter(run: Run) -> None:
    assert run("many", "test_them.py::test_many") == (0, set())
    assert run("shared", "test_them.py::world") == (0, set())
    assert run("many") == (1, {"test_them.py::test_many[1]", "test_them.py::test_many[2]"})


def test_short_ones_and_those_that_keep_at_it_on_purpose_are_no_failure(run: Run) -> None:
    assert run("short or on_purpose") == (0, set())


def test_a_run_that_fails_stays_one_that_fails(run: Run) -> None:
    assert run("that_fails") == (1, set())


@pytest.mark.parametrize(
    ("load", "cores", "times"), [(0.5, 2, 1), (4.0, 2, 1), (8.0, 2, 2), (8.0, 4, 1), (16.0, 2, 4)]
)
def test_on_a_busy_machine_time_counts_for_less(load: float, cores: int, times: float) -> None:
    assert slowness(load, cores) == times


@pytest.mark.parametrize("name", tomllib.loads(LIST.read_text(encoding="utf-8")))
def test_what_is_listed_is_a_test_or_fixture_and_has_its_reason(name: str) -> None:
    path, _colons, function = name.partition("::")
    at = ROOT / path
    files = [at] if at.is_file() else sorted(at.glob("conftest.py"))
    assert any(re.search(rf"^def {function}\(", file.read_text(), re.M) for file in files)
    assert len(tomllib.loads(LIST.read_text(encoding="utf-8"))[name]) > 20
