"""Tasks: in the same process after the commit, or of a grown site in a worker."""

from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any

from django.db import close_old_connections, connections, transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResult, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.backend import DatabaseBackend

LATER = -50
"""The priority of tasks that nobody should wait for."""


class OnCommitBackend(ImmediateBackend):
    """Runs a task in this process as soon as the running transaction has committed.

    The library's own immediate backend runs a task inside the transaction, where the children of
    a page are not saved yet, so that the admin's index lagged one publication behind.
    A server leaves tasks of the priority `LATER` to a thread, which does one after another.
    """

    def _execute_task(self, task_result: "TaskResult[Any]") -> None:
        run = partial(super()._execute_task, task_result)
        is_left = task_result.task.priority <= LATER and _thread.is_alive()
        transaction.on_commit(partial(_waiting.put, run) if is_left else run)


def begin() -> None:
    """Let a thread of this process do what nobody should wait for; called once, by a server."""
    _thread.start()


def are_queued() -> bool:
    """Whether tasks wait in the database for a worker."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def are_done_later() -> bool:
    """Whether a task of the priority `LATER` holds nobody up; in a command it does."""
    is_ours = isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], OnCommitBackend)
    return are_queued() or (is_ours and _thread.is_alive())


def _work() -> None:
    while True:
        run = _waiting.get()
        close_old_connections()
        try:
            run()
        finally:
            connections.close_all()


_waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
_thread = Thread(target=_work, name="tasks", daemon=True)
