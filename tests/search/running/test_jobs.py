"""Timed jobs: each turn is taken once, by a worker, or by a server where there is none."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from practices.indexes.practices import PRACTICES
from search import clock
from search.engines import engine_for
from search.models import JobRun
from search.running import jobs
from search.running.jobs import Job, run_due
from search.throttle import Throttle

MINUTE = timedelta(minutes=1)


class Journal:
    """Jobs of a test, and what ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.jobs: list[Job] = []

    def add(self, name: str, **settings: object) -> None:
        settings = {"every": MINUTE} | settings
        self.jobs.append(Job(name, lambda: self.ran.append(name), **settings))  # type: ignore[arg-type]


@pytest.fixture
def journal(db: None, monkeypatch: pytest.MonkeyPatch) -> Journal:
    made = Journal()
    monkeypatch.setattr(jobs, "_sources", [lambda: made.jobs])
    return made


def set_back(**ago: float) -> None:
    """As if all of it had last run so long ago."""
    seen = (jobs.WORKER, jobs.KEEPER)
    JobRun.objects.exclude(name__in=seen).update(last_run=timezone.now() - timedelta(**ago))


def test_a_turn_is_taken_once_however_many_look(journal: Journal) -> None:
    journal.add("publish")
    assert run_due(is_worker=True) == [], "its first turn comes later"
    set_back(seconds=61)
    assert run_due(is_worker=True) == ["publish"]
    assert run_due(is_worker=True) == run_due(is_worker=False) == []
    set_back(seconds=61)
    run_due(is_worker=True)
    assert journal.ran == ["publish", "publish"]


def test_who_saw_the_same_turn_too_late_does_not_take_it(journal: Journal) -> None:
    journal.add("publish")
    run_due(is_worker=True)
    set_back(seconds=61)
    seen = JobRun.objects.get().last_run
    assert jobs._claim(journal.jobs[0], seen)
    assert not jobs._claim(journal.jobs[0], seen)


def test_a_server_runs_them_until_a_worker_is_seen_and_again_when_it_is_gone(
    journal: Journal,
) -> None:
    journal.add("publish")
    run_due(is_worker=False)
    set_back(seconds=61)
    assert run_due(is_worker=False) == ["publish"]
    jobs.beat()
    set_back(seconds=61)
    assert run_due(is_worker=False) == []
    assert run_due(is_worker=True) == ["publish"]
    JobRun.objects.filter(name=jobs.KEEPER).update(last_run=timezone.now() - 3 * MINUTE)
    set_back(seconds=61)
    assert run_due(is_worker=False) == ["publish"]


def test_a_clock_far_ahead_keeps_no_job_waiting_and_is_no_worker(journal: Journal) -> None:
    journal.add("publish")
    journal.add("check", at=time(3, 0))
    run_due(is_worker=False)
    jobs.beat()
    JobRun.objects.update(last_run=timezone.now() + timedelta(hours=1))
    assert run_due(is_worker=False) == ["publish", "check"]
    assert run_due(is_worker=False) == []


@pytest.fixture
def wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the database is an hour and a half ahead of that of this machine."""
    apart = timedelta(hours=1, minutes=30)
    monkeypatch.setattr(clock, "now", lambda: timezone.now() + apart)
    monkeypatch.setattr(jobs, "_lines", Throttle())


def set_back_there(**ago: float) -> None:
    """By the clock of the database."""
    seen = (jobs.WORKER, jobs.KEEPER)
    JobRun.objects.exclude(name__in=seen).update(last_run=clock.now() - timedelta(**ago))


@pytest.mark.parametrize("is_worker", [True, False])
def test_a_machine_whose_clock_is_wrong_leaves_jobs_to_others_but_not_for_ever(
    journal: Journal, wrong_clock: None, caplog: pytest.LogCaptureFixture, *, is_worker: bool
) -> None:
    journal.add("publish")
    half_a_day_ago = timezone.localtime(clock.now()) - timedelta(hours=12)
    journal.add("night", at=half_a_day_ago.time(), every=timedelta(days=1))
    journal.add("check here", is_local=True)
    run_due(is_worker=is_worker)
    set_back_there(minutes=60)
    assert run_due(is_worker=is_worker) == ["check here"], "what nobody else can do"
    assert caplog.text.count("leaves timed jobs to others") == 1
    set_back_there(minutes=62)
    assert run_due(is_worker=is_worker) == ["publish", "check here"]
    set_back_there(hours=26)
    assert run_due(is_worker=is_worker) == ["publish", "night", "check here"]


def test_servers_do_the_jobs_of_a_worker_whose_clock_is_wrong(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.add("publish")
    run_due(is_worker=False)
    with monkeypatch.context() as there:
        there.setattr(clock, "is_right_here", lambda: False)
        jobs.beat()
    assert jobs.worker_seen_at()
    set_back(seconds=61)
    assert run_due(is_worker=False) == ["publish"]
    jobs.beat()
    set_back(seconds=61)
    assert run_due(is_worker=False) == []


def test_a_clock_is_right_however_long_the_database_takes_to_tell_its_own(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    for there, is_right in ((timedelta(), True), (10 * MINUTE, False), (-10 * MINUTE, False)):
        with time_machine.travel(began, tick=False) as machine, monkeypatch.context() as database:

            def slow(
                machine: time_machine.Traveller = machine, there: timedelta = there
            ) -> datetime:
                machine.shift(90)
                moment: datetime = timezone.now() - timedelta(seconds=45) + there
                machine.shift(90)
                return moment

            database.setattr(clock, "now", slow)
            assert clock.is_right_here() is is_right


def test_what_concerns_one_machine_its_server_runs_beside_a_worker(journal: Journal) -> None:
    journal.add("check here", is_local=True)
    run_due(is_worker=False)
    jobs.beat()
    set_back(seconds=61)
    assert run_due(is_worker=False) == ["check here"]


def test_a_job_that_fails_is_logged_and_stops_no_other(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    journal.jobs.append(Job("broken", lambda: 1 // 0, MINUTE))
    journal.add("publish")
    run_due(is_worker=True)
    set_back(seconds=61)
    assert run_due(is_worker=True) == ["broken", "publish"]
    assert "The timed job broken failed." in caplog.text
    assert journal.ran == ["publish"]


def test_a_turn_that_the_database_cut_short_is_taken_anew_a_few_times(journal: Journal) -> None:
    is_away = [True, True, False, True, True, True, True]

    def nightly() -> None:
        if is_away.pop(0):
            raise OperationalError("the connection is closed")
        journal.ran.append("nightly")

    journal.jobs.append(Job("nightly", nightly, MINUTE))
    run_due(is_worker=True)
    set_back(seconds=61)
    assert [run_due(is_worker=True) for _ in range(4)] == [["nightly"]] * 3 + [[]]
    assert journal.ran == ["nightly"]
    set_back(seconds=61)
    assert [run_due(is_worker=True) for _ in range(5)] == [["nightly"]] * 3 + [[]] * 2
    assert is_away == [True], "else a job that always fails so would run all the time"


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        ("01-10 03:00", "01-11 02:59", False),
        ("01-10 03:00", "01-11 03:00", True),
        ("01-10 14:00", "01-10 23:00", False),
        ("01-10 14:00", "01-11 09:00", True),
        ("01-11 03:00", "01-11 03:01", False),
        ("01-01 03:00", "01-11 01:00", True),
    ],
)
def test_a_nightly_turn_comes_once_a_night_and_late_rather_than_never(
    last: str, now: str, is_due: bool
) -> None:
    def moment(text: str) -> datetime:
        return timezone.make_aware(datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M"))

    job = Job("check", lambda: None, at=time(3, 0))
    assert job.is_due(moment(last), moment(now)) is is_due


def test_the_site_has_its_jobs(db: None) -> None:
    names = {job.name for source in jobs._sources for job in source()}
    assert {
        "publish_scheduled",
        "clearsessions",
        "drop followers",
        f"search_check {engine_for(PRACTICES).follower}",
    } <= names


def test_a_worker_tells_when_it_was_last_seen(db: None) -> None:
    assert jobs.worker_seen_at() is None
    jobs.beat()
    seen = jobs.worker_seen_at()
    assert seen
    assert timezone.now() - seen < MINUTE
