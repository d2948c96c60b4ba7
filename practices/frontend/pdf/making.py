"""Makes the PDF of a practice in a task: after its publication, and when somebody asks.

A claim runs out by itself: what is lost with a process that ends is made when somebody asks again.
"""

import logging

from django_tasks import task

from practices.frontend.pdf.source import read_source
from practices.services import shelf
from practices.services.pdf.offers import can_make_pdfs
from practices.services.pdf.typesetting import Source, TypesettingError, typeset
from practices.services.shelf import Kept
from search.tasks import LATER, are_done_later

PLACES = 20
"""So many PDFs wait for visitors at most; whoever asks again later gets a place then."""
CLAIMED = 90
"""Seconds that a place, or the making of a PDF, is held for a process that may be gone."""
GIVEN_UP = 600
"""For so many seconds what failed is not tried again."""
ATTEMPTS = 3
"""Of a practice that changes while its PDF is made."""

logger = logging.getLogger(__name__)


def find(source: Source) -> Kept | None:
    """The PDF made of exactly this."""
    return shelf.find("pdf", source.practice, source.digest)


def find_or_ask(source: Source) -> Kept | None:
    """The PDF if it is there; asked for once otherwise, however many visitors come."""
    found = find(source)
    if found is None and not has_failed(source):
        place = _place(source.practice)
        if shelf.look(place) is None and shelf.claim(place, source.practice, CLAIMED):
            make.enqueue(source.practice)
            found = find(source)  # where tasks are done at once
    return found


def has_failed(source: Source) -> bool:
    """Whether it could not be made, not long ago."""
    return bool(shelf.look(_failure(source)))


def make_after_publication(practice: int) -> None:
    """Have the PDF of a practice made that was published, unless that would hold somebody up."""
    if can_make_pdfs() and are_done_later():
        make.enqueue(practice)


@task(priority=LATER)
def make(practice: int) -> None:
    """Make the PDF of a practice and keep it, unless that is done or being done."""
    cache, making = shelf.shelf(), f"pdf-making:{practice}"
    if cache.add(making, True, CLAIMED):
        try:
            _bring_up_to_date(practice)
        finally:
            cache.delete(making)
            if cache.get(_place(practice)) == practice:
                cache.delete(_place(practice))


def _bring_up_to_date(practice: int) -> None:
    for _attempt in range(ATTEMPTS):
        source = read_source(practice)
        if source is None or find(source) or has_failed(source):
            return
        shelf.shelf().touch(f"pdf-making:{practice}", CLAIMED)
        try:
            shelf.keep("pdf", practice, source.digest, typeset(source))
        except TypesettingError as error:
            shelf.shelf().set(_failure(source), True, GIVEN_UP)
            logger.error("The PDF of practice %s was not made: %s", practice, error)


def _place(practice: int) -> str:
    return f"pdf-asked:{practice % PLACES}"


def _failure(source: Source) -> str:
    return f"pdf-failed:{source.digest}"
