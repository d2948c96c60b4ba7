"""The timed job of the figures."""

from collections.abc import Iterator
from datetime import time

from practices.services.unanswered.counting import forget
from search.running.jobs import Job, register

AFTER_MIDNIGHT = time(0, 5)


@register
def figures_jobs() -> Iterator[Job]:
    """Destroy the salt of yesterday, and what nobody else searched for."""
    yield Job("forget searches", forget, at=AFTER_MIDNIGHT)
