"""Counts what happens outside of requests: searches, publications and tasks."""

from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished
from wagtail.signals import page_published, page_unpublished

from cms.metrics.definitions import PUBLICATIONS, SEARCH_SECONDS, TASKS
from practices.indexes.practices import PRACTICES
from search.engines import engine_for
from search.engines.base import Reader
from search.results.measuring import searched


@receiver(searched)
def count_search(*, reader: Reader, seconds: float, is_answered: bool, **kwargs: Any) -> None:
    """A search, by what answered it: the engine, or the standby."""
    engine = "standby" if reader.is_standby else engine_for(PRACTICES).name
    outcome = "answered" if is_answered else "failed"
    SEARCH_SECONDS.labels(engine, outcome).observe(seconds)


@receiver(page_published)
def count_publication(**kwargs: Any) -> None:
    """A page was published."""
    PUBLICATIONS.labels("published").inc()


@receiver(page_unpublished)
def count_withdrawal(**kwargs: Any) -> None:
    """A page was taken offline."""
    PUBLICATIONS.labels("unpublished").inc()


@receiver(task_finished)
def count_task(*, task_result: "TaskResult[Any]", **kwargs: Any) -> None:
    """A task ended."""
    is_failed = task_result.status == TaskResultStatus.FAILED
    TASKS.labels("failed" if is_failed else "succeeded").inc()
