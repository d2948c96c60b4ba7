"""The backend of a site without a worker that loses no task; the address stays in its settings.

In a module of its own, as only this needs django-tasks-db where tasks are not queued.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django_tasks_db.backend import DatabaseBackend

from search.tasks import after_commit, do_kept


class KeptBackend(DatabaseBackend):
    """Keeps a task in the transaction that asks for it, and does it in this process afterwards.

    What was done leaves no row; what was not is done by another (`search/running/tasks.py`).
    """

    is_done_here = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Keep the task, and do it after the commit unless it is for later."""
        result: Any = super().enqueue(task, args, kwargs)
        if task.run_after is None:
            after_commit(task.priority, partial(do_kept, UUID(result.id)))
        return result
