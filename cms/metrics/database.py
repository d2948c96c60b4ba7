"""What is measured when Prometheus asks: what the database knows of outbox, worker and queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from cms.health.bounded import Bounded
from cms.health.outbox import Backlog, backlogs
from search.running import jobs

DEADLINE = 1.0
"""Seconds; a database that hangs leaves the rest of the measurements as they are."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knew at one moment."""

    backlogs: list[Backlog]
    worker_seen_at: datetime | None
    queued: dict[str, int]


_questions: Bounded[Known] = Bounded()


def read() -> Known:
    """Ask the database: four queries that its indexes answer."""
    counts = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    return Known(backlogs(), jobs.worker_seen_at(), dict(counts))


class DatabaseCollector(Collector):
    """Asks at each scrape, within a second."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Whether the database answered, and if so, what it knows."""
        answer = _questions.ask({"database": read}, DEADLINE)["database"]
        is_up = answer.done() and answer.exception() is None
        yield GaugeMetricFamily("wegwijzer_database_up", "Whether it answers.", value=is_up)
        if is_up:
            known = answer.result()
            yield from _outbox(known.backlogs)
            yield from _work(known)


def _outbox(found: list[Backlog]) -> Iterator[GaugeMetricFamily]:
    for name, help_text, field in (
        ("size", "Changes that wait for an index.", "waiting"),
        ("age_seconds", "Age of the oldest change that waits.", "age"),
        ("set_aside", "Changes that an index refused for good.", "set_aside"),
    ):
        family = GaugeMetricFamily(f"wegwijzer_outbox_{name}", help_text, labels=["follower"])
        for one in found:
            family.add_metric([one.follower], getattr(one, field))
        yield family


def _work(known: Known) -> Iterator[GaugeMetricFamily]:
    if known.worker_seen_at is not None:
        age = (timezone.now() - known.worker_seen_at).total_seconds()
        yield GaugeMetricFamily(
            "wegwijzer_worker_seen_seconds", "Since a worker last said that it runs.", value=age
        )
    family = GaugeMetricFamily(
        "wegwijzer_queued_tasks", "Tasks in the queue, and kept results.", labels=["status"]
    )
    for status, count in sorted(known.queued.items()):
        family.add_metric([status.lower()], count)
    yield family
