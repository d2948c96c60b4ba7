"""The timed job of the reorganisations."""

from collections.abc import Iterator
from datetime import time

from practices.services.reorganisation.steps import carry_out_due
from search.running.jobs import Job, register

AFTER_MIDNIGHT = time(0, 5)
"""Municipalities merge at midnight."""


@register
def reorganisation_jobs() -> Iterator[Job]:
    """Carry out on its date what an editor prepared."""
    yield Job("reorganisations", carry_out_due, at=AFTER_MIDNIGHT)
