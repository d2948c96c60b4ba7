"""The pages about several practices at once: side by side, and the gap map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.frontend.comparison import asked
from practices.frontend.comparison.presenter import compare
from practices.frontend.search.gaps import COLUMN, ROW, GapMap, read_sides
from practices.frontend.search.searching import read_search, searching, without_search
from practices.indexes.registers import Registers


@require_safe
def comparison_page(request: HttpRequest) -> HttpResponse:
    """Two to four practices side by side; with less, or with nonsense, how to choose them."""
    found = compare(asked.read(request.GET.getlist(asked.PARAMETER)))
    return render(request, "practices/comparison.html", {"comparison": found})


@searching(otherwise=without_search)
def gap_map(request: HttpRequest, known: Registers) -> HttpResponse:
    """Two facets of a search against each other."""
    row, column, notices = read_sides(request.GET, known.facets)
    query, others = read_search(request, known, ignored=[ROW, COLUMN])
    found = GapMap(query, [*notices, *others], known, row, column)
    return render(request, "practices/gaps.html", {"map": found})
