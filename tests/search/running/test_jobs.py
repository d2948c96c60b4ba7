"""Timed jobs: each turn is taken once, by a worker, or by a server where there is none."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from practices.indexes.practices import PRACTICES
from search.engines import engine_for
from search.models import JobRun
from search.running import jobs
from search.running.jobs import Job, run_due

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
    JobRun.objects.exclude(name=jobs.WORKER).update(last_run=timezone.now() - timedelta(**ago))


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
    JobRun.objects.filter(name=jobs.WORKER).update(last_run=timezone.now() - 3 * MINUTE)
    set_back(seconds=61)
    assert run_due(is_worker=False) == ["publish"]


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
