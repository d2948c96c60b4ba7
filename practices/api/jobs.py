"""The timed job of the API."""

from collections.abc import Iterator
from datetime import timedelta

from practices.api.limit import forget_old
from search.running.jobs import Job, register


@register
def api_jobs() -> Iterator[Job]:
    """Forget who asked how often, soon after it has ceased to matter."""
    yield Job("forget API turns", forget_old, every=timedelta(minutes=5))
