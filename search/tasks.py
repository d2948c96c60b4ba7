"""Tasks: in the same process after the commit, or of a grown site in a worker.

Of the ready-made site a task is a row in the database either way, from the transaction on that asks
for it, so that it is done also where a process is killed (`search/running/tasks.py`).
"""

import logging
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connections, transaction
from django.db.models.functions import Now
from django.utils.crypto import get_random_string
from django_tasks import (
    DEFAULT_TASK_BACKEND_ALIAS,
    TaskContext,
    TaskResult,
    TaskResultStatus,
    task_backends,
)
from django_tasks.backends.immediate import ImmediateBackend

logger = logging.getLogger(__name__)

LATER = -50
"""The priority of tasks that nobody should wait for."""
ASIDE = -10
"""That of tasks which are soon done, but in no request: nobody should see how long they take."""

_running: set[UUID] = set()
"""What this process is doing now."""


class OnCommitBackend(ImmediateBackend):
    """Runs a task in this process as soon as the running transaction has committed.

    The library's own immediate backend runs a task inside the transaction, where the children of
    a page are not saved yet, so that the admin's index lagged one publication behind.
    A server leaves tasks of the priority `ASIDE` or lower to a thread, one after another.
    What a killed process had not done is lost; `search.kept.KeptBackend` loses nothing.
    """

    def _execute_task(self, task_result: "TaskResult[Any]") -> None:
        after_commit(task_result.task.priority, partial(super()._execute_task, task_result))


def after_commit(priority: int, run: Callable[[], None]) -> None:
    """Run after the commit: here, or in the thread of a server where nobody should wait for it."""
    is_left = priority <= ASIDE and _thread.is_alive()
    transaction.on_commit(partial(_waiting.put, run) if is_left else run, robust=True)


def begin() -> None:
    """Let a thread of this process do what nobody should wait for; called once, by a server."""
    _thread.start()


def are_kept() -> bool:
    """Whether tasks stand in the database until they are done."""
    return isinstance(_backend(), _database_backend())


def are_done_here() -> bool:
    """Whether each process does its own kept tasks, and what others left."""
    return bool(getattr(_backend(), "is_done_here", False))


def are_queued() -> bool:
    """Whether tasks wait in the database for a worker."""
    return are_kept() and not are_done_here()


def are_done_later() -> bool:
    """Whether a task of the priority `LATER` holds nobody up; in a command it does."""
    is_ours = are_done_here() or isinstance(_backend(), OnCommitBackend)
    return are_queued() or (is_ours and _thread.is_alive())


def note_done(context: TaskContext) -> None:
    """Note within the running transaction that its task is done.

    Else a process that is killed right after the commit would have it done twice.
    """
    if are_kept():
        _rows().filter(pk=context.task_result.id).update(status=TaskResultStatus.SUCCESSFUL)


def do_kept(key: UUID) -> None:
    """Do a task that waits, unless another process was quicker."""
    row = _claim(key)
    if row is not None:
        queue().run_task(row)
        if row.status == TaskResultStatus.SUCCESSFUL:
            row.delete()


def running() -> frozenset[UUID]:
    """The keys of the tasks that this process is doing now."""
    return frozenset(_running)


def queue() -> Any:
    """The library's own worker, which tells which task it is doing; see `running`."""
    # Forced: its models can be imported only where a site has the app of that queue.
    from django_tasks_db.management.commands.db_worker import Worker

    class Queue(Worker):
        """Notes what runs."""

        def run_task(self, db_task_result: Any) -> None:
            _running.add(db_task_result.pk)
            _rows().filter(pk=db_task_result.pk).update(started_at=Now())
            try:
                super().run_task(db_task_result)
            finally:
                _running.discard(db_task_result.pk)

    return Queue(
        queue_names=["*"],
        interval=1.0,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _claim(key: UUID) -> Any:
    """The row of a task, taken by one process only; None where it is gone or taken."""
    with transaction.atomic():
        row = _rows().select_for_update(skip_locked=True).filter(pk=key, status="READY").first()
        if row is not None:
            row.claim(get_random_string(32))
    return row


def _rows() -> Any:
    # Forced, as above.
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects


def _backend() -> Any:
    return task_backends[DEFAULT_TASK_BACKEND_ALIAS]


def _database_backend() -> type | tuple[()]:
    """What keeps tasks in the database; nothing where that is not installed."""
    # Forced: a site without a queue need not have the library.
    try:
        from django_tasks_db.backend import DatabaseBackend
    except ModuleNotFoundError:
        return ()
    return DatabaseBackend


def _work() -> None:
    while True:
        run = _waiting.get()
        close_old_connections()
        try:
            run()
        except Exception:
            # The thread must outlive it; what a task itself raises is in its row already, so this
            # is the database, which keeps the task for `search/running/tasks.py`.
            logger.exception("A task stays where it is.")
        finally:
            connections.close_all()


_waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
_thread = Thread(target=_work, name="tasks", daemon=True)
