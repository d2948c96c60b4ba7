"""The timed job of the review."""

from collections.abc import Iterator
from datetime import time

from practices.services.moderation.reviews import send_due_reviews
from search.running.jobs import Job, register

MORNING = time(8, 0)


@register
def review_jobs() -> Iterator[Job]:
    """Ask the authors of old practices whether they are still right, once a day."""
    yield Job("review due", send_due_reviews, at=MORNING)
