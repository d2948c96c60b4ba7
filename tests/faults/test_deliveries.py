"""Deliveries that are killed, held up or overtaken, on both databases: the index ends equal."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import pytest

from tests.faults.conftest import Site

pytestmark = pytest.mark.fault

LONG = pytest.mark.soak
HEARTBEATS = "SELECT count(*) FROM search_jobrun WHERE name = 'worker'"
TASKS = "SELECT status FROM django_tasks_database_dbtaskresult"


def forked(site: Site, *command: str) -> str:
    done = site.run("-m", "tests.faults.forks", *command)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return done.stdout.strip()


def must_be_equal(site: Site) -> None:
    """The index equals the database: ids, versions and words, with nothing pending."""
    told = site.tell("settle_and_compare")
    assert "0 over" in told
    assert "gelijk aan de database" in told
    assert site.pending() == 0


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@contextmanager
def worker(site: Site) -> Iterator["subprocess.Popen[str]"]:
    process = site.start("manage.py", "worker")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("times", [2, pytest.param(50, marks=LONG)])
@pytest.mark.parametrize("what", ["worker", "rebuild"])
def test_killed_at_random_moments_nothing_is_lost(any_site: Site, what: str, times: int) -> None:
    any_site.tell("publish_many", "Begin", "40")
    forked(any_site, "kill", what, str(times), "7")
    must_be_equal(any_site)


def test_two_editors_who_publish_one_page_at_once_end_with_one_of_their_titles(
    any_site: Site,
) -> None:
    editors = [
        any_site.start("-m", "tests.faults.scripts", "publish_same", "eerste", prefix, "12")
        for prefix in ("noord", "zuid")
    ]
    for editor in editors:
        _out, error = editor.communicate(timeout=900)
        assert editor.returncode == 0, error[-2000:]
    assert any_site.titles() in (["noord11"], ["zuid11"])
    must_be_equal(any_site)
    assert any_site.found() == any_site.titles()


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=LONG)])
def test_a_term_that_is_renamed_while_its_practices_are_delivered_has_its_new_name_everywhere(
    any_site: Site, count: int
) -> None:
    any_site.manage("synthetic", str(count), "--seed", "3")
    theme = any_site.tell("most_used_theme")
    touched = int(forked(any_site, "rename", theme, "Zeldzaamheid"))
    assert touched > count / 10
    assert int(any_site.tell("count_found", "zeldzaamheid")) == touched
    must_be_equal(any_site)


def test_a_rebuild_while_two_publish_misses_nothing_on_postgresql(grown_site: Site) -> None:
    writers = [
        grown_site.start("-m", "tests.faults.scripts", "publish_many", prefix, "8")
        for prefix in ("Noord", "Zuid")
    ]
    while any(writer.poll() is None for writer in writers):
        grown_site.manage("search_rebuild")
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert len(grown_site.titles()) == 17
    must_be_equal(grown_site)


def test_publishing_waits_a_tenth_of_a_second_at_most_for_an_index_that_another_process_holds(
    any_site: Site,
) -> None:
    told = forked(any_site, "publish_while_the_index_is_held", "7")
    # Of what one transaction recorded only the first waits.
    waits = [int(wait) for wait in told.split() if int(wait)]
    assert len(waits) >= 7
    assert waits[0] >= 90
    assert median(waits) <= 130
    assert waits[-1] < 1000, "a busy machine wakes a waiting thread late"
    must_be_equal(any_site)


def test_a_worker_delivers_what_others_left_and_stops_cleanly_when_told(any_site: Site) -> None:
    assert any_site.script("publish_and_die_after_the_commit", "Ontbijt") == -9
    with worker(any_site) as process:
        until(lambda: any_site.pending() == 0)
        until(lambda: any_site.rows(HEARTBEATS) == [1])
        process.send_signal(signal.SIGTERM)
        _out, error = process.communicate(timeout=20)
        assert (process.returncode, error) == (0, "")
    assert any_site.found("ontbijt") == ["Ontbijt"]


def test_a_follower_is_registered_when_no_transaction_can_have_overlooked_it(
    grown_site: Site,
) -> None:
    assert forked(grown_site, "register_during_a_transaction") == "refused, registered"


def test_a_second_worker_on_sqlite_says_so_and_ends(embedded_site: Site) -> None:
    site = embedded_site
    with worker(site):
        until(lambda: site.rows(HEARTBEATS) == [1])
        second = site.run("manage.py", "worker")
    assert second.returncode == 1
    assert "Er draait al een worker" in second.stderr
    assert second.stderr.count("\n") == 1


def test_two_workers_on_postgresql_run_queued_tasks_once_and_deliver(grown_site: Site) -> None:
    with worker(grown_site) as first, worker(grown_site) as second:
        grown_site.tell("publish_many", "Samen", "6")
        until(lambda: set(grown_site.rows(TASKS)) == {"SUCCESSFUL"})
        until(lambda: grown_site.pending() == 0)
        assert (first.poll(), second.poll()) == (None, None)
    must_be_equal(grown_site)


def test_a_server_without_a_worker_publishes_on_time(
    site: Site, request: pytest.FixtureRequest
) -> None:
    site.tell("schedule", "Op tijd")
    assert site.titles() == ["Eerste"]
    request.getfixturevalue("server")
    until(lambda: site.titles() == ["Eerste", "Op tijd"])
    until(lambda: site.found("tijd") == ["Op tijd"])


def test_a_check_tells_what_was_done_behind_its_back_and_mends_it(site: Site) -> None:
    site.tell("publish_many", "Begin", "12")
    site.tell("spoil")
    told = site.run("manage.py", "search_check")
    assert told.returncode == 1
    assert "5 ontbreken" in told.stdout
    assert "5 verouderd" in told.stdout
    assert "gelijk aan de database" in site.manage("search_check", "--repair")
    must_be_equal(site)
