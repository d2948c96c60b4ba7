"""The timed jobs of alerts."""

from collections.abc import Iterator
from datetime import time, timedelta

from practices.services.alerts.sending import send_due
from practices.services.alerts.subscriptions import forget
from search.running.jobs import Job, register

NIGHT = time(2, 30)


@register
def alert_jobs() -> Iterator[Job]:
    """Mail whose turn has come; at night remove what is kept no longer."""
    yield Job("mail followers", send_due, timedelta(minutes=5))
    yield Job("forget followers", forget, at=NIGHT)
