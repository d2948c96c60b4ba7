"""What `make test-fast` leaves out, and what not."""

from pathlib import Path

import pytest

from tests.running.collecting import collected

# It starts pytest itself.
pytestmark = pytest.mark.slow

TESTS = """
import pytest
from hypothesis import given, strategies

@pytest.fixture
def db(): pass

@pytest.fixture
def site(db): pass

@given(strategies.integers())
def test_generated(number): pass
def test_quick(): pass
def test_long(db): pass
def test_first_on_a_database(site): pass
def test_second_on_a_database(db): pass
def test_quick_too(): pass
@pytest.mark.parametrize("engine", ["tantivy", "elasticsearch"])
def test_of_engines(engine): pass
"""


def test_of_those_that_ask_a_database_the_first_of_a_file_is_not_slow(tmp_path: Path) -> None:
    names = ("test_a.py", "test_b.py")
    for name in names:
        (tmp_path / name).write_text(TESTS)
    long_ones = tmp_path / "list.toml"
    long_ones.write_text("".join(f'"{name}::test_long" = "why"\n' for name in names))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nmarkers = slow\nlong_tests = {long_ones}\n")
    quick = ("quick", "first_on_a_database", "quick_too", "of_engines[tantivy]")
    assert collected(tmp_path, "slow", "-m", "not slow") == [
        f"test_{file}.py::test_{name}" for file in "ab" for name in quick
    ]
