"""The search for practices: as a page, as JSON, as a map, and as white spots."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from practices.addresses import compared, signpost_address
from practices.frontend.comparison.asked import PARAMETER
from practices.frontend.comparison.presenter import chosen_pages
from practices.frontend.rendering import render
from practices.frontend.search.faceted import FacetedSearch
from practices.frontend.search.gaps import COLUMN, ROW, GapMap, read_sides
from practices.frontend.search.map import SearchMap
from practices.frontend.search.own import own_choice, read_own
from practices.frontend.search.practice_search import Search
from practices.frontend.search.searching import (
    json_without_search,
    read_query,
    read_search,
    searching,
    without_search,
)
from practices.frontend.search.unanswered import note_if_nothing_found
from practices.indexes.registers import Registers
from practices.models import SignpostPage
from practices.models.municipalities import sort_key
from practices.models.signposts import read_code
from practices.selectors import public_pages
from search.questions.dutch import fold
from search.questions.query import OWN, Query, clean
from search.results.presenter import Addresses, ShownFacet

FILTER = "zoek"


@searching(otherwise=without_search)
def search(request: HttpRequest, known: Registers) -> HttpResponse:
    """The search page; a search code leads to its WegWijzer."""
    to_compare = chosen_pages(request.GET)
    kept = compared(page.pk for page in to_compare)
    own = read_own(request.GET, known.names)
    query, notices = read_query(request, known, own, [PARAMETER])
    code = read_code(query.text)
    if code:
        if address := signpost_of(code):
            return HttpResponseRedirect(address)
        notices.append(unknown_code(code))
    found = Search(query, notices, known, kept)
    context = {
        "search": found,
        "own": own_choice(own, found.query, known, found.addresses),
        "unknown_code": code or "",
        "to_compare": to_compare,
        "elsewhere": [page for page in to_compare if page.pk not in found.ids],
    }
    response = render(request, "practices/frontend/search/page.html", context)
    # A browser that shows the results in place writes this into its address bar (htmx).
    response["HX-Push-Url"] = found.address
    note_if_nothing_found(request, response, found.found)
    return response


@searching(otherwise=json_without_search)
def search_json(request: HttpRequest, known: Registers) -> HttpResponse:
    """The same search as JSON, for whoever builds on it."""
    query, notices = read_search(request, known)
    if code := read_code(query.text):
        address = signpost_of(code)
        notices.append(
            _("%(code)s is the code of a WegWijzer: %(address)s")
            % {"code": code, "address": address}
            if address
            else unknown_code(code)
        )
    return JsonResponse(Search(query, notices, known).data())


@searching(otherwise=without_search)
def search_map(request: HttpRequest, known: Registers) -> HttpResponse:
    """Where the practices of a search are: a map, and the same as a table."""
    shown = SearchMap(*read_search(request, known), known)
    return render(
        request, "practices/frontend/search/map.html", {"map": shown, "total": shown.total}
    )


@searching(otherwise=without_search)
def facet_options(request: HttpRequest, known: Registers, facet: str) -> HttpResponse:
    """All options of one facet for a search, to read through and to filter."""
    if facet not in known.facets:
        raise Http404
    query, notices = read_search(request, known, ignored=[FILTER])
    found = Search(query, notices, known)
    return options_page(request, found, found.facet(facet), query)


def options_page(
    request: HttpRequest, found: FacetedSearch, shown: ShownFacet, query: Query
) -> HttpResponse:
    """The page with all options of one facet; `query` is the search to go back to."""
    wanted = clean(request.GET.get(FILTER, "")[:200]).strip()
    options = [
        option for option in shown.options if option.selected or fold(wanted) in fold(option.label)
    ]
    if shown.show_all and shown.kind == "terms":
        options.sort(key=lambda option: sort_key(option.label))
    context = {
        "search": found,
        "facet": shown,
        "options": options,
        "filter": wanted,
        "kept": _kept(query),
        "back_url": Addresses(found.path).of(query),
    }
    return render(request, "practices/frontend/search/facet.html", context)


def _kept(query: Query) -> list[tuple[str, str]]:
    """The search as hidden fields."""
    pairs = [("q", query.text)] if query.text else []
    pairs += [(name, value) for name, values in query.chosen for value in values]
    return pairs + ([(OWN, query.own)] if query.own else [])


def signpost_of(code: str) -> str | None:
    """The address of the WegWijzer with a search code; None if there is no public one."""
    pages = public_pages(SignpostPage).filter(code=code)
    return signpost_address(code) if pages.exists() else None


def unknown_code(code: str) -> str:
    """What is said of a search code that leads nowhere."""
    return _("There is no WegWijzer with search code %(code)s.") % {"code": code}


@searching(otherwise=without_search)
def gap_map(request: HttpRequest, known: Registers) -> HttpResponse:
    """Two facets of a search against each other."""
    row, column, notices = read_sides(request.GET, known.facets)
    query, others = read_search(request, known, ignored=[ROW, COLUMN])
    found = GapMap(query, [*notices, *others], known, row, column)
    return render(request, "practices/frontend/search/gaps.html", {"map": found})
