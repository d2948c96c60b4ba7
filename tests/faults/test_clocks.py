"""A machine whose clock is an hour wrong, beside others: it poisons nothing that they share.

The clock is shifted within the real process (time-machine), as not every machine has libfaketime.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.conftest import Site
from tests.faults.test_deliveries import HEARTBEATS, must_be_equal, until, worker

pytestmark = pytest.mark.fault

COLUMNS = """
    SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_name LIKE 'search\\_%' AND data_type = 'timestamp with time zone'
"""
UNCHECKED = """
    SELECT count(*) FROM search_jobrun
    WHERE name LIKE 'search_check %' AND last_run < now() - interval '1 day'
"""
KEEPERS = "SELECT count(*) FROM search_jobrun WHERE name = 'timekeeper'"
LONG_AGO, SOON = -2700.0, 60.0
"""Seconds: nothing of this test is older, and nothing is put off for longer."""


@contextmanager
def worker_with_clock(site: Site, seconds: int) -> Iterator["subprocess.Popen[str]"]:
    process = site.start("-m", "tests.faults.scripts", "with_clock", str(seconds), "worker")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def must_have_true_moments(site: Site) -> None:
    """All moments in the rows of the search are near the time of the database."""
    columns = site.rows(COLUMNS)
    assert len(columns) >= 5
    seen = 0
    for table, _dot, column in (name.partition(".") for name in columns):
        away = site.rows(
            f"SELECT extract(epoch FROM {column} - clock_timestamp())::float FROM {table}"  # noqa: S608 (names that the database gave)
            f" WHERE {column} IS NOT NULL"
        )
        seen += len(away)
        assert all(LONG_AGO < seconds < SOON for seconds in away), (table, column, away)
    assert seen


@pytest.mark.parametrize(
    "seconds", [3600, *(pytest.param(one, marks=pytest.mark.soak) for one in (-3600, 600))]
)
def test_a_clock_that_is_wrong_holds_up_no_other_machine(grown_site: Site, seconds: int) -> None:
    site = grown_site
    site.tell("schedule", "Te vroeg", "30")
    with worker_with_clock(site, seconds):
        until(lambda: site.rows(HEARTBEATS) == [1])
        # The last of all jobs are its own, so it has looked at each.
        until(lambda: site.rows(UNCHECKED) == [0])
        assert site.titles() == ["Eerste"], "others have the right time"
        site.tell("with_clock", str(seconds), "publish", "Verkeerde klok")
        until(lambda: site.pending() == 0)
    # It claims what another published just now, and dies.
    assert site.script("publish_and_die_after_the_commit", "Ontbijt") == -9
    assert site.script("with_clock", str(seconds), "claim_and_die") == -9
    must_have_true_moments(site)
    site.tell("schedule", "Op tijd")
    assert site.rows(KEEPERS) == [0], "nobody sees to the jobs who has the wrong time"
    with worker(site):
        until(lambda: "Op tijd" in site.titles())
        until(lambda: site.pending() == 0)
        until(lambda: site.rows(KEEPERS) == [1])
    must_be_equal(site)
    assert site.found() == ["Eerste", "Ontbijt", "Op tijd", "Verkeerde klok"]
