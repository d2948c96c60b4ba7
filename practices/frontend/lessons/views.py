"""The pages about lessons: the search (also as JSON), all options of a facet, one lesson."""

from functools import partial

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.views.decorators.http import require_safe

from practices.addresses import LESSONS_PAGE
from practices.frontend.lessons.page import lesson_page, read_address
from practices.frontend.lessons.search import LessonSearch
from practices.frontend.rendering import render
from practices.frontend.search.searching import json_without_search, searching, without_search
from practices.frontend.search.views import FILTER, options_page, signpost_of, unknown_code
from practices.indexes.lesson_kinds import lesson_facets
from practices.indexes.registers import Registers
from practices.indexes.searching import sort_labels
from practices.models.signposts import read_code
from practices.selectors import public_cards
from search.questions.query import Query, parse

without_lessons = partial(without_search, action=LESSONS_PAGE)


@searching(otherwise=without_lessons)
def search(request: HttpRequest, known: Registers) -> HttpResponse:
    """The search page; a search code leads to its WegWijzer, as in every search box."""
    query, notices = read_lesson_search(request, known)
    code = read_code(query.text)
    if code:
        if address := signpost_of(code):
            return HttpResponseRedirect(address)
        notices.append(unknown_code(code))
    found = LessonSearch(query, notices, known)
    context = {"search": found, "unknown_code": code or ""}
    response = render(request, "practices/frontend/lessons/search.html", context)
    # A browser that shows the results in place writes this into its address bar (htmx).
    response["HX-Push-Url"] = found.address
    return response


@searching(otherwise=json_without_search)
def search_json(request: HttpRequest, known: Registers) -> HttpResponse:
    """The same search as JSON."""
    return JsonResponse(LessonSearch(*read_lesson_search(request, known), known).data())


@require_safe
def lesson(request: HttpRequest, reference: str) -> HttpResponse:
    """One lesson at its lasting address; where it is gone, what is still there."""
    asked = read_address(reference)
    page = lesson_page(*asked) if asked else None
    if page is None:
        practices = public_cards([asked[0]]) if asked else {}
        context = {"practices": practices.values()}
        return render(request, "practices/frontend/lessons/gone.html", context, status=404)
    if request.path != page.lesson.url:
        return HttpResponsePermanentRedirect(page.lesson.url)
    return render(request, "practices/frontend/lessons/lesson.html", {"page": page})


@searching(otherwise=without_lessons)
def facet_options(request: HttpRequest, known: Registers, facet: str) -> HttpResponse:
    """All options of one facet for a search."""
    if facet not in lesson_facets(known):
        raise Http404
    query, notices = read_lesson_search(request, known, ignored=[FILTER])
    found = LessonSearch(query, notices, known)
    return options_page(request, found, found.facet(facet), query)


def read_lesson_search(
    request: HttpRequest, known: Registers, ignored: list[str] | None = None
) -> tuple[Query, list[str]]:
    """The search in an address, and what was not understood."""
    return parse(request.GET, lesson_facets(known).values(), sort_labels(), ignored or [])
