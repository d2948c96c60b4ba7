"""Tasks of the embedded site: run in the same process, after the commit."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import TaskResult
from django_tasks.backends.immediate import ImmediateBackend


class OnCommitBackend(ImmediateBackend):
    """Runs a task in this process as soon as the running transaction has committed.

    The library's own immediate backend runs a task inside the transaction, where the children of
    a page are not saved yet, so that the admin's index lagged one publication behind.
    """

    def _execute_task(self, task_result: "TaskResult[Any]") -> None:
        transaction.on_commit(partial(super()._execute_task, task_result))
