"""The timed jobs of what is considered."""

from collections.abc import Iterator
from datetime import time, timedelta

from practices.services.considerations.first import tell_of_first_practices
from practices.services.considerations.steps import tidy
from search.running.jobs import Job, register

NIGHT = time(2, 50)


@register
def considering_jobs() -> Iterator[Job]:
    """Tell of first practices; at night remove what is kept no longer."""
    yield Job("tell of first practices", tell_of_first_practices, timedelta(hours=1))
    yield Job("tidy considerations", tidy, at=NIGHT)
