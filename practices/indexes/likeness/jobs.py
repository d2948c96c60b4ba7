"""The timed job of the likeness."""

from collections.abc import Iterator
from datetime import time

from practices.models import RegisterStamp
from search.running.jobs import Job, register

AT_NIGHT = time(0, 20)


@register
def likeness_jobs() -> Iterator[Job]:
    """Let few rows say that practices changed."""
    yield Job("tidy register stamps", RegisterStamp.tidy, at=AT_NIGHT)
