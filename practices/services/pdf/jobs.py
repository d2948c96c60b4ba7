"""The timed job of the PDFs."""

import platform
from collections.abc import Iterator
from datetime import time

from practices.models import PracticePage
from practices.selectors import public_pages
from practices.services.pdf import shelf
from search.running.jobs import Job, register

NIGHT = time(2, 45)


@register
def pdf_jobs() -> Iterator[Job]:
    """At night each machine looks at its own folder."""
    yield Job(f"tidy PDFs of {platform.node()}", tidy, at=NIGHT, is_local=True)


def tidy() -> None:
    """Remove the PDFs of practices that are not public.

    They are removed when a practice changes, but by the machine that changed it; nobody gets what
    another machine still has, as every request asks the database first.
    """
    kept = shelf.kept_practices()
    public = public_pages(PracticePage).values_list("pk", flat=True)
    shelf.remove(kept - set(public) if kept else ())
