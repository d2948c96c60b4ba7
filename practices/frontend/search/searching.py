"""What every page of a search does first, and what it answers where no engine can."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.addresses import SEARCH
from practices.frontend.moved import moved_values
from practices.frontend.pages.municipalities import municipality_list
from practices.frontend.rendering import render
from practices.frontend.search.own import Own, read_own
from practices.indexes import registers
from practices.indexes.registers import Registers
from practices.indexes.searching import log_failure, sort_labels
from search.engines.base import EngineError
from search.questions.query import OWN, Query, clean, parse

LONGEST = 2048
"""Characters of a text that are looked at; a search uses fewer."""
RETRY_SECONDS = "120"

Answer = Callable[..., HttpResponseBase]
"""A view; one of a search gets what is known after the request."""


def searching(otherwise: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[Answer], Answer]:
    """A view of a search, which only reads: former values in its address lead to present ones.

    Where no engine can answer, `otherwise` does.
    """

    def of_a_search(view: Answer) -> Answer:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            known = registers.current()
            if moved := moved_values(request, known.former):
                return moved
            try:
                return view(request, known, *args, **kwargs)
            except EngineError as error:
                log_failure(error)
                return otherwise(request)

        return answered

    return of_a_search


def read_search(
    request: HttpRequest, known: Registers, ignored: list[str] | None = None
) -> tuple[Query, list[str]]:
    """The search in an address, and what was not understood."""
    own = read_own(request.GET, known.names)
    query, notices = read_query(request, known, own, ignored)
    return query, [*notices, *own.notices]


def read_query(
    request: HttpRequest, known: Registers, own: Own, ignored: list[str] | None = None
) -> tuple[Query, list[str]]:
    """The search in an address for a municipality that was read in it, with all other notices."""
    ignored = [*(ignored or ()), OWN]
    query, notices = parse(request.GET, known.facets.values(), sort_labels(), ignored)
    return replace(query, own=own.slug), notices


def asked_text(request: HttpRequest) -> str:
    """The text in a search box, without what no text has."""
    return clean(request.GET.get("q", "")[:LONGEST]).strip()


def without_search(request: HttpRequest, action: str = SEARCH) -> HttpResponse:
    """The way to the practices that needs no search: the municipalities."""
    # Not asked for counts either: the search has just failed.
    municipalities = municipality_list(has_search=False)
    context = {"text": asked_text(request), "action": action, "municipalities": municipalities}
    return render(request, "practices/frontend/search/unavailable.html", context)


def json_without_search(_request: HttpRequest) -> HttpResponse:
    """Says so to a program."""
    return JsonResponse({"notices": [_("The search is not available now.")]}, status=503)


def text_without_search(_request: HttpRequest) -> HttpResponse:
    """Says so to a program that waits for another kind of file, and when to come back."""
    said = _("The search is not available now. Please try again in a few minutes.")
    return later(said, RETRY_SECONDS)


def later(said: str, seconds: str) -> HttpResponse:
    """A sentence in the place of a file that may be had after so many seconds."""
    response = HttpResponse(
        said,
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": seconds, "Cache-Control": "no-store"},
    )
    # Nothing is wrong; Django would write that as an error each time.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
