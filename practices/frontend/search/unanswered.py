"""Which searches of visitors are counted when they find nothing, and when that is written."""

import logging
import re
from functools import partial

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse

from practices.limits import allow, client_address
from practices.services.unanswered.counting import note_search
from search.results.answers import Found
from search.throttle import Throttle

TIMES_AN_HOUR = 20
"""Searches without results of one visitor that are counted."""
LONGEST_BROWSER = 300
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|scan|monitor|preview|fetch|http|curl|wget|python|java|headless|lighthouse",
    re.IGNORECASE,
)
_PREFETCH = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")

logger = logging.getLogger(__name__)
_lines = Throttle()


def note_if_nothing_found(request: HttpRequest, response: HttpResponse, found: Found) -> None:
    """Count a search of a visitor that found nothing, after its answer was sent.

    The visitor never waits for it, and whatever goes wrong is no failure of the search.
    """
    if not _has_only_text(found) or not _is_person(request):
        return
    browser = request.headers.get("User-Agent", "")[:LONGEST_BROWSER]
    address = client_address(request)
    # What Django itself calls when it closes a response.
    response._resource_closers.append(  # type: ignore[attr-defined]
        partial(_note, found.query.text, address, browser)
    )


def _has_only_text(found: Found) -> bool:
    """Whether the text is what found nothing: no filter, and not the end of what was found."""
    return bool(found.text and not found.answer.total and not found.query.chosen)


def _is_person(request: HttpRequest) -> bool:
    """Whether a visitor asked: no colleague who is logged in, no robot, no browser by itself.

    The session is not looked at, because the answer would then differ for each cookie.
    """
    browser = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and bool(browser.strip())
        and not _ROBOT.search(browser)
        and not any(
            re.search("prefetch|prerender|preview", request.headers.get(name, ""), re.IGNORECASE)
            for name in _PREFETCH
        )
    )


def _note(text: str, address: str, browser: str) -> None:
    try:
        if allow("unanswered-search", address, times=TIMES_AN_HOUR):
            note_search(text=text, visitor=f"{address}\0{browser}")
    except Error as error:
        if count := _lines.passes():
            # Without the text, which may name a person.
            logger.warning(
                "Searches without results were not counted: %d. %s", count, type(error).__name__
            )
