"""Timed jobs: registered by the apps, run once among all processes of all machines.

Workers run them. A web server does so as long as no worker is seen, so that the embedded site
needs no worker and no cron; and always what concerns this machine alone.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django.utils import timezone

from search.models import JobRun

TICK = 10.0
"""Seconds between two looks at what is due."""
WORKER = "worker"
ABSENT = timedelta(minutes=2)
"""So long after it was last seen a worker counts as absent."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so often, or each night at a time of the site's zone."""

    name: str
    """Processes that name the same job share its turns."""
    action: Callable[[], object]
    every: timedelta = timedelta(days=1)
    at: time | None = None
    is_local: bool = False
    """Whether it concerns this machine alone, so that no worker elsewhere can do it."""

    def is_due(self, last_run: datetime, now: datetime) -> bool:
        """Whether its turn has come since it last ran."""
        if self.at is None:
            return last_run <= now - self.every
        here = timezone.localtime(now)
        turn = here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        if turn > here:
            turn -= self.every
        return last_run < turn <= here


_sources: list[Callable[[], Iterable[Job]]] = []


def register(source: Callable[[], Iterable[Job]]) -> Callable[[], Iterable[Job]]:
    """Make the jobs that a function names known; it is asked each time, when all is ready."""
    if source not in _sources:
        _sources.append(source)
    return source


def run_due(*, is_worker: bool) -> list[str]:
    """Run what is due and nobody else has begun; the names of what ran.

    A job that fails is logged, and has its next turn like any other. Its first turn comes after
    it was first seen.
    """
    jobs = [job for source in _sources for job in source()]
    runs = dict(JobRun.objects.values_list("name", "last_run"))
    is_alone = is_worker or _is_absent(runs.get(WORKER))
    ran = []
    for job in jobs:
        if job.name not in runs:
            JobRun.objects.get_or_create(name=job.name, defaults={"last_run": timezone.now()})
        elif (is_alone or job.is_local) and _claim(job, runs[job.name]):
            ran.append(job.name)
            _run(job)
    return ran


def _claim(job: Job, last_run: datetime) -> bool:
    """Take the turn if it has come; False where another process has it.

    A process that is killed after this loses the turn.
    """
    if not job.is_due(last_run, timezone.now()):
        return False
    with transaction.atomic():
        rows = JobRun.objects.select_for_update(skip_locked=True).filter(name=job.name)
        row, now = rows.first(), timezone.now()
        if row is None or not job.is_due(row.last_run, now):
            return False
        row.last_run = now
        row.save(update_fields=["last_run"])
    return True


def _run(job: Job) -> None:
    try:
        job.action()
    except Exception:
        logger.exception("The timed job %s failed.", job.name)


def _is_absent(seen: datetime | None) -> bool:
    return seen is None or seen < timezone.now() - ABSENT


def worker_seen_at() -> datetime | None:
    """When a worker, on whatever machine, last said that it runs; None if none ever did."""
    return JobRun.objects.filter(name=WORKER).values_list("last_run", flat=True).first()


def beat() -> None:
    """Say that a worker runs."""
    JobRun.objects.update_or_create(name=WORKER, defaults={"last_run": timezone.now()})


class Timekeeper(threading.Thread):
    """Runs due jobs, and says that a worker runs where it is one."""

    def __init__(self, *, is_worker: bool) -> None:
        super().__init__(name="search-jobs", daemon=True)
        self._is_worker = is_worker
        self._is_stopping = threading.Event()

    def run(self) -> None:
        """Look every few seconds, until it is told to stop."""
        while not self._is_stopping.is_set():
            try:
                close_old_connections()
                if self._is_worker:
                    beat()
                run_due(is_worker=self._is_worker)
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Timed jobs wait for the database: %s", error)
            except Exception:
                logger.exception("Timed jobs could not be run.")
            self._is_stopping.wait(TICK)
        connections.close_all()

    def stop(self) -> None:
        """Let it end after the job that it is running."""
        self._is_stopping.set()
