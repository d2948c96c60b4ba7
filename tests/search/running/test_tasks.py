"""Tasks whose process is gone are done again; what is hopeless is a number."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from search import tasks
from search.running.tasks import ATTEMPTS, Numbers, beat, look, numbers, take_up

pytestmark = pytest.mark.django_db

PAST = timedelta(minutes=5)
done: list[str] = []


@task()
def note(what: str) -> None:
    """Note that it was done, or fail as told."""
    if what == "no database":
        raise OperationalError("gone")
    if what == "wrong":
        raise ValueError(what)
    done.append(what)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def queued(what: str, **fields: Any) -> DBTaskResult[Any, Any]:
    """A task that waits, or stands as told; its own process does nothing any more."""
    row = DBTaskResult.objects.get(pk=note.enqueue(what).id)
    DBTaskResult.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def pass_over() -> None:
    look(lambda: False)


def test_what_its_own_process_should_have_done_is_done_by_another_after_a_while() -> None:
    row = queued("a")
    pass_over()
    assert done == [], "its own process may be doing it"
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - PAST)
    pass_over()
    assert done == ["a"]
    assert not DBTaskResult.objects.exists()


def test_a_task_of_which_nobody_says_that_it_is_done_is_done_again() -> None:
    past = timezone.now() - PAST
    queued("a", status="RUNNING", started_at=past, enqueued_at=past, worker_ids=["gone"])
    assert numbers().stale == 1
    pass_over()
    assert done == ["a"]
    assert numbers() == Numbers()


def test_a_task_that_somebody_still_does_is_left_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    row = queued("a", status="RUNNING", started_at=timezone.now() - PAST)
    monkeypatch.setattr(tasks, "_running", {row.pk})
    beat()
    assert numbers().stale == 0
    take_up()
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_a_task_that_ends_every_process_is_given_up() -> None:
    past = timezone.now() - PAST
    ids = [str(one) for one in range(ATTEMPTS)]
    queued("a", status="RUNNING", started_at=past, worker_ids=ids)
    pass_over()
    assert done == []
    assert numbers() == Numbers(failed=1)


@pytest.mark.parametrize(("what", "times"), [("no database", ATTEMPTS), ("wrong", 1)])
def test_what_failed_because_of_the_database_is_tried_again(what: str, times: int) -> None:
    tasks.do_kept(queued(what).pk)
    for _ in range(2 * ATTEMPTS):
        past = timezone.now() - PAST
        DBTaskResult.objects.update(finished_at=past, enqueued_at=past)
        pass_over()
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("FAILED", times)


def test_of_two_who_take_up_a_task_one_does_it() -> None:
    row = queued("a")
    tasks.do_kept(row.pk)
    tasks.do_kept(row.pk)
    assert done == ["a"]


def test_a_worker_of_a_grown_site_is_left_what_waits(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    past = timezone.now() - PAST
    queued("a", enqueued_at=past)
    stale = queued("b", status="RUNNING", started_at=past, worker_ids=["gone"])
    pass_over()
    assert done == []
    stale.refresh_from_db()
    assert stale.status == "READY"
    assert numbers().waiting == 2
    assert numbers().oldest >= PAST.total_seconds()
