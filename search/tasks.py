"""Tasks: in the same process after the commit, or of a grown site in a worker."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResult, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.backend import DatabaseBackend


class OnCommitBackend(ImmediateBackend):
    """Runs a task in this process as soon as the running transaction has committed.

    The library's own immediate backend runs a task inside the transaction, where the children of
    a page are not saved yet, so that the admin's index lagged one publication behind.
    """

    def _execute_task(self, task_result: "TaskResult[Any]") -> None:
        transaction.on_commit(partial(super()._execute_task, task_result))


def are_queued() -> bool:
    """Whether tasks wait in the database for a worker."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)
