"""Timed jobs: registered by the apps, run once among all processes of all machines.

Workers run them. A web server does so as long as no worker is seen, so that the embedded site
needs no worker and no cron; and always what concerns this machine alone.

Turns go by the clock of the database. What a job does may go by that of its machine (Django's
sessions, Wagtail's moments to go live), so a machine whose own is wrong leaves jobs to others, and
does only what nobody else did for an hour: late is better than never.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from search import clock
from search.models import JobRun
from search.running.loops import Loop
from search.throttle import Throttle

TICK = 10.0
"""Seconds between two looks at what is due."""
WORKER = "worker"
KEEPER = "timekeeper"
"""The row of a worker whose clock is right: servers leave the jobs to it."""
ABSENT = timedelta(minutes=2)
"""So long after it was last seen a worker counts as absent."""
LAST = timedelta(hours=1)
"""So long a machine with a wrong clock leaves a turn to others."""
TRIES = 3
"""So often a turn is taken anew that the database cut short."""

logger = logging.getLogger(__name__)

_lines = Throttle(LAST.total_seconds())


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

    def is_due(self, last_run: datetime, now: datetime, late: timedelta = timedelta()) -> bool:
        """Whether its turn had come so long ago since it last ran.

        A turn that was taken by a clock far ahead counts for none: else the job would wait for it.
        """
        if clock.is_from_a_wrong_clock(last_run, now):
            return True
        if self.at is None:
            return last_run <= now - late - self.every
        here = timezone.localtime(now - late)
        turn = here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        if turn > here:
            turn -= self.every
        return last_run < turn <= here


_sources: list[Callable[[], Iterable[Job]]] = []

_owed: dict[str, datetime] = {}
"""Turns of this process that the database cut short: when the job had run before."""
_cut_short: Counter[str] = Counter()


def register(source: Callable[[], Iterable[Job]]) -> Callable[[], Iterable[Job]]:
    """Make the jobs that a function names known; it is asked each time, when all is ready."""
    if source not in _sources:
        _sources.append(source)
    return source


def run_due(*, is_worker: bool) -> list[str]:
    """Run what is due and nobody else has begun; the names of what ran.

    A job that fails is logged, and has its next turn like any other; one that the database cut
    short has the same turn again when that answers. Its first turn comes after it was first seen.
    """
    _give_back()
    jobs = [job for source in _sources for job in source()]
    runs = dict(JobRun.objects.values_list("name", "last_run"))
    is_alone = is_worker or _is_absent(runs.get(KEEPER))
    late = timedelta() if _is_on_time() else LAST
    ran = []
    for job in jobs:
        if job.name not in runs:
            JobRun.objects.get_or_create(name=job.name, defaults={"last_run": clock.now()})
        elif (is_alone or job.is_local) and _claim(job, runs[job.name], late):
            ran.append(job.name)
            _run(job, runs[job.name])
    return ran


def _give_back() -> None:
    for name, before in list(_owed.items()):
        JobRun.objects.filter(name=name).update(last_run=before)
        del _owed[name]


def _is_on_time() -> bool:
    is_right = clock.is_right_here()
    if not is_right and _lines.passes():
        logger.error(
            "The clock of this machine is not that of the database: it leaves timed jobs to others."
        )
    return is_right


def _claim(job: Job, last_run: datetime, late: timedelta = timedelta()) -> bool:
    """Take the turn if it has come (so long ago); False where another process has it.

    A process that is killed after this loses the turn.
    """
    if job.is_local:
        late = timedelta()
    if not job.is_due(last_run, clock.now(), late):
        return False
    with transaction.atomic():
        rows = JobRun.objects.select_for_update(skip_locked=True).filter(name=job.name)
        row, now = rows.first(), clock.now()
        if row is None or not job.is_due(row.last_run, now, late):
            return False
        row.last_run = now
        row.save(update_fields=["last_run"])
    return True


def _run(job: Job, before: datetime) -> None:
    try:
        job.action()
        del _cut_short[job.name]
    except (DatabaseError, InterfaceError):
        _cut_short[job.name] = (_cut_short[job.name] + 1) % TRIES
        if _cut_short[job.name]:
            _owed[job.name] = before
        logger.exception("The database cut the timed job %s short.", job.name)
    except Exception:
        # Whatever a job may raise, the others go on; its next line comes with its next turn.
        logger.exception("The timed job %s failed.", job.name)


def _is_absent(seen: datetime | None) -> bool:
    if seen is None:
        return True
    now = clock.now()
    return seen < now - ABSENT or clock.is_from_a_wrong_clock(seen, now)


def worker_seen_at() -> datetime | None:
    """When a worker, on whatever machine, last said that it runs; None if none ever did."""
    return JobRun.objects.filter(name=WORKER).values_list("last_run", flat=True).first()


def beat() -> None:
    """Say that a worker runs, and that it sees to the jobs if its clock is right."""
    names = (WORKER, KEEPER) if clock.is_right_here() else (WORKER,)
    for name in names:
        JobRun.objects.update_or_create(name=name, defaults={"last_run": clock.now()})


class Timekeeper(Loop):
    """Runs due jobs, and says that a worker runs where it is one."""

    def __init__(self, *, is_worker: bool) -> None:
        super().__init__("search-jobs", self._look)
        self._is_worker = is_worker

    def _look(self, should_stop: Callable[[], bool]) -> float:
        if self._is_worker:
            beat()
        run_due(is_worker=self._is_worker)
        return TICK
