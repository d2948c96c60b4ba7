"""The pages about several practices at once: side by side, and the gap map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices import comparison, registers
from practices.presenters.comparison import compare
from practices.presenters.gaps import COLUMN, ROW, GapMap, read_sides
from practices.reorganisation.redirects import moved_values
from practices.search_views import log_failure, read_search, unavailable
from search.engines.base import EngineError


@require_safe
def comparison_page(request: HttpRequest) -> HttpResponse:
    """Two to four practices side by side; with less, or with nonsense, how to choose them."""
    found = compare(comparison.read(request.GET.getlist(comparison.PARAMETER)))
    return render(request, "practices/comparison.html", {"comparison": found})


@require_safe
def gap_map(request: HttpRequest) -> HttpResponse:
    """Two facets of a search against each other."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    row, column, notices = read_sides(request.GET, known.facets)
    query, others = read_search(request, known, ignored=[ROW, COLUMN])
    try:
        found = GapMap(query, [*notices, *others], known, row, column)
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query)
    return render(request, "practices/gaps.html", {"map": found})
