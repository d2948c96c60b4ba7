"""What is measured when Prometheus asks, because the database knows it: the outbox."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from cms.health.bounded import Bounded
from cms.health.outbox import Backlog, backlogs

DEADLINE = 1.0
"""Seconds; a database that hangs leaves the rest of the measurements as they are."""

_questions: Bounded[list[Backlog]] = Bounded()


class DatabaseCollector(Collector):
    """Asks at each scrape, within a second."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The outbox by follower, and whether the database answered at all."""
        answer = _questions.ask({"outbox": backlogs}, DEADLINE)["outbox"]
        is_up = answer.done() and answer.exception() is None
        yield GaugeMetricFamily("wegwijzer_database_up", "Whether it answers.", value=is_up)
        if not is_up:
            return
        size = GaugeMetricFamily(
            "wegwijzer_outbox_size", "Changes that wait for an index.", labels=["follower"]
        )
        age = GaugeMetricFamily(
            "wegwijzer_outbox_age_seconds", "Age of the oldest of them.", labels=["follower"]
        )
        for one in answer.result():
            size.add_metric([one.follower], one.pending)
            age.add_metric([one.follower], one.age)
        yield from (size, age)
