"""Takes up tasks again whose process is gone; each is done at least once.

Who does a task says every few seconds that it still does, so a task of which nobody said so for a
while has nobody. Of a site without a worker each process also does what others left.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django_tasks import TaskResultStatus

from search import clock, tasks
from search.running.loops import Loop

TICK = 10.0
"""Seconds between two looks."""
STALE = timedelta(minutes=1)
"""So long after it last said so nobody does a task any more."""
LEFT = timedelta(minutes=1)
"""After so long a task that its own process should have done at once is done by another."""
LATELY = timedelta(days=1)
ATTEMPTS = 5
"""A task that ends its process so often is not begun again."""
KILLED = "search.running.tasks.Killed"
Fields = Mapping[str, Any]

AGAIN: Fields = {"status": TaskResultStatus.READY, "started_at": None}
OF_DATABASE = "django.db.utils."
"""What failed because of the database is tried again."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many tasks stand where."""

    waiting: int = 0
    oldest: int = 0
    """Seconds since the oldest that waits could have been done."""
    failed: int = 0
    """Given up within a day; only a person can do something about it."""
    stale: int = 0
    """Begun by a process that is gone."""


def loop() -> Loop:
    """The thread of a server or worker that sees to it."""
    return Loop("tasks-kept", look)


def look(should_stop: Callable[[], bool]) -> float:
    """Say what this process does, and see to what others left; the seconds until the next look."""
    if tasks.are_kept():
        beat()
        take_up()
        if tasks.are_done_here():
            for key in list(_left().values_list("pk", flat=True)):
                if should_stop():
                    break
                tasks.do_kept(key)
    return TICK


def beat() -> None:
    """Say that this process still does what it began."""
    if running := tasks.running():
        mine = _rows().filter(pk__in=running, status=TaskResultStatus.RUNNING)
        _change_each(mine, lambda _row: {"started_at": Now()})


def take_up() -> None:
    """Let what nobody does any more, or what failed because of the database, be done again."""
    _change_each(_stale(), _again_or_given_up)
    _change_each(_failed_for_a_while(), lambda row: AGAIN if len(row.worker_ids) < ATTEMPTS else {})


def _again_or_given_up(row: Any) -> Fields:
    if len(row.worker_ids) < ATTEMPTS:
        logger.warning("Task %s is done again: its process is gone.", row.task_path)
        return AGAIN
    logger.error("Task %s was given up: it ended %d processes.", row.task_path, ATTEMPTS)
    return {
        "status": TaskResultStatus.FAILED,
        "finished_at": Now(),
        "exception_class_path": KILLED,
    }


def _change_each(rows: Any, change: Callable[[Any], Fields]) -> None:
    """Change rows one by one; one that somebody holds is left for the next look."""
    for key in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(skip_locked=True).filter(pk=key).first()
            if row is not None and (fields := change(row)):
                _rows().filter(pk=key).update(**fields)


def numbers() -> Numbers:
    """How many tasks stand where, in one query and a small one."""
    if not tasks.are_kept():
        return Numbers()
    due = _rows().ready()
    oldest = due.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return Numbers(
        waiting=due.count(),
        oldest=max(0, int((clock.now() - oldest).total_seconds())) if oldest else 0,
        failed=_failed().filter(finished_at__gt=Now() - LATELY).count(),
        stale=_stale().count(),
    )


def _stale() -> Any:
    return _rows().filter(status=TaskResultStatus.RUNNING, started_at__lt=Now() - STALE)


def _failed() -> Any:
    return _rows().filter(status=TaskResultStatus.FAILED)


def _failed_for_a_while() -> Any:
    """What failed because of the database."""
    return _failed().filter(
        exception_class_path__startswith=OF_DATABASE, finished_at__lt=Now() - STALE
    )


def _left() -> Any:
    """What waits although its own process should have done it."""
    is_late = Q(enqueued_at__lt=Now() - LEFT)
    return _rows().ready().filter(is_late).order_by("enqueued_at")


def _rows() -> Any:
    # Forced: its models can be imported only where a site has the app of that queue.
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects
