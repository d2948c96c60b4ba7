"""The pages about lessons: the search (also as JSON), all options of a facet, one lesson."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices import registers
from practices.addresses import LESSONS_PAGE
from practices.lessons.kinds import lesson_facets
from practices.lessons.page import lesson_page, read_address
from practices.lessons.presenter import LessonSearch
from practices.models.signposts import read_code
from practices.presenters.faceted import sort_labels
from practices.registers import Registers
from practices.reorganisation.redirects import moved_values
from practices.search_views import (
    FILTER,
    log_failure,
    options_page,
    signpost_of,
    unavailable,
    unknown_code,
)
from practices.selectors import public_cards
from search.engines.base import EngineError
from search.query import Query, parse


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; a search code leads to its WegWijzer, as in every search box."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_lesson_search(request, known)
    code = read_code(query.text)
    if code:
        if address := signpost_of(code):
            return HttpResponseRedirect(address)
        notices.append(unknown_code(code))
    try:
        found = LessonSearch(query, notices, known)
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query, LESSONS_PAGE)
    context = {"search": found, "unknown_code": code or ""}
    response = render(request, "practices/lessons/search.html", context)
    # A browser that shows the results in place writes this into its address bar (htmx).
    response["HX-Push-Url"] = found.address
    return response


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    """The same search as JSON."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_lesson_search(request, known)
    try:
        data = LessonSearch(query, notices, known).data()
    except EngineError as error:
        log_failure(error)
        return JsonResponse({"notices": [_("The search is not available now.")]}, status=503)
    return JsonResponse(data)


@require_safe
def lesson(request: HttpRequest, reference: str) -> HttpResponse:
    """One lesson at its lasting address; where it is gone, what is still there."""
    asked = read_address(reference)
    page = lesson_page(*asked) if asked else None
    if page is None:
        practices = public_cards([asked[0]]) if asked else {}
        context = {"practices": practices.values()}
        return render(request, "practices/lessons/gone.html", context, status=404)
    if request.path != page.lesson.url:
        return HttpResponsePermanentRedirect(page.lesson.url)
    return render(request, "practices/lessons/lesson.html", {"page": page})


@require_safe
def facet_options(request: HttpRequest, facet: str) -> HttpResponse:
    """All options of one facet for a search."""
    known = registers.current()
    if facet not in lesson_facets(known):
        raise Http404
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_lesson_search(request, known, ignored=[FILTER])
    try:
        found = LessonSearch(query, notices, known)
        shown = found.facet(facet)
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query, LESSONS_PAGE)
    return options_page(request, found, shown, query)


def read_lesson_search(
    request: HttpRequest, known: Registers, ignored: list[str] | None = None
) -> tuple[Query, list[str]]:
    """The search in an address, and what was not understood."""
    return parse(request.GET, lesson_facets(known).values(), sort_labels(), ignored or [])
