"""The timed jobs of the site; a site needs no cron."""

from collections.abc import Iterator
from datetime import time, timedelta
from functools import partial

from django.core.management import call_command

from search.running.jobs import Job, register
from search.tasks import are_kept

NIGHT = time(2, 0)


@register
def site_jobs() -> Iterator[Job]:
    """What goes live or expires does so within a minute; at night remains are cleared away."""
    yield Job("publish_scheduled", partial(call_command, "publish_scheduled"), timedelta(minutes=1))
    yield Job("clearsessions", partial(call_command, "clearsessions"), at=NIGHT)
    if are_kept():
        prune = partial(call_command, "prune_db_task_results", verbosity=0)
        yield Job("prune_db_task_results", prune, at=NIGHT)
