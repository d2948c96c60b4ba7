"""What is measured when Prometheus asks: what the database knows of outbox, worker and queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from cms.health.bounded import Bounded
from cms.health.outbox import Backlog, backlogs
from practices.services.mails.numbers import Numbers as MailNumbers
from practices.services.mails.numbers import numbers as mail_numbers
from search import clock
from search.running import jobs, tasks
from search.running.tasks import Numbers as TaskNumbers

DEADLINE = 1.0
"""Seconds; a database that hangs leaves the rest of the measurements as they are."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knew at one moment."""

    backlogs: list[Backlog]
    worker_seen_at: datetime | None
    queued: dict[str, int]
    tasks: TaskNumbers
    mails: MailNumbers


_questions: Bounded[Known] = Bounded()


def read() -> Known:
    """Ask the database: a dozen small queries that its indexes answer."""
    counts = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    return Known(backlogs(), jobs.worker_seen_at(), dict(counts), tasks.numbers(), mail_numbers())


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
        ("alarm", "Whether a person has to settle something.", "is_alarming"),
    ):
        family = GaugeMetricFamily(f"wegwijzer_outbox_{name}", help_text, labels=["follower"])
        for one in found:
            family.add_metric([one.follower], getattr(one, field))
        yield family


def _work(known: Known) -> Iterator[GaugeMetricFamily]:
    if known.worker_seen_at is not None:
        age = (clock.now() - known.worker_seen_at).total_seconds()
        yield GaugeMetricFamily(
            "wegwijzer_worker_seen_seconds", "Since a worker last said that it runs.", value=age
        )
    family = GaugeMetricFamily(
        "wegwijzer_queued_tasks", "Tasks in the queue, and kept results.", labels=["status"]
    )
    for status, count in sorted(known.queued.items()):
        family.add_metric([status.lower()], count)
    yield family
    yield from _waiting(known)


def _waiting(known: Known) -> Iterator[GaugeMetricFamily]:
    """What is queued, each number with the alarm that docs/monitoring.md gives it."""
    for name, help_text, value in (
        ("tasks_age_seconds", "Age of the oldest task that waits.", known.tasks.oldest),
        ("tasks_stale", "Tasks begun by a process that is gone.", known.tasks.stale),
        ("mails_waiting", "Mails that wait to be sent.", known.mails.waiting),
        ("mails_age_seconds", "Age of the oldest mail that waits.", known.mails.oldest),
        ("mails_given_up", "Mails given up in the last two weeks.", known.mails.given_up),
    ):
        yield GaugeMetricFamily(f"wegwijzer_{name}", help_text, value=value)
