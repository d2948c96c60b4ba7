"""The search for practices: as a page, as JSON, and by search code."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices import registers
from practices.addresses import SEARCH, compared, search_address, signpost_address
from practices.comparison import PARAMETER
from practices.figures.listening import note_if_nothing_found
from practices.models import SignpostPage
from practices.models.signposts import read_code
from practices.presenters.comparison import chosen_pages
from practices.presenters.faceted import FacetedSearch, sort_labels
from practices.presenters.map import SearchMap
from practices.presenters.municipalities import municipality_list
from practices.presenters.search import Search
from practices.registers import Registers
from practices.reorganisation.redirects import moved_values
from practices.selectors import public_pages
from search.dutch import fold
from search.engines.base import EngineError
from search.presenter import Addresses, ShownFacet
from search.query import Query, clean, parse
from search.throttle import Throttle

FILTER = "zoek"

logger = logging.getLogger(__name__)
_lines = Throttle()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; a search code leads to its WegWijzer."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_search(request, known, ignored=[PARAMETER])
    to_compare = chosen_pages(request.GET)
    code = read_code(query.text)
    if code:
        if address := signpost_of(code):
            return HttpResponseRedirect(address)
        notices.append(unknown_code(code))
    try:
        found = Search(query, notices, known, kept=compared(page.pk for page in to_compare))
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query)
    context = {
        "search": found,
        "unknown_code": code or "",
        "to_compare": to_compare,
        "elsewhere": [page for page in to_compare if page.pk not in found.ids],
    }
    response = render(request, "practices/search.html", context)
    # A browser that shows the results in place writes this into its address bar (htmx).
    response["HX-Push-Url"] = found.address
    note_if_nothing_found(request, response, found)
    return response


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    """The same search as JSON, for whoever builds on it."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_search(request, known)
    if code := read_code(query.text):
        address = signpost_of(code)
        notices.append(
            _("%(code)s is the code of a WegWijzer: %(address)s")
            % {"code": code, "address": address}
            if address
            else unknown_code(code)
        )
    try:
        data = Search(query, notices, known).data()
    except EngineError as error:
        log_failure(error)
        return JsonResponse({"notices": [_("The search is not available now.")]}, status=503)
    return JsonResponse(data)


@require_safe
def code_search(request: HttpRequest) -> HttpResponse:
    """Any search box: a code leads to its WegWijzer, everything else to the search."""
    text = clean(request.GET.get("q", "")[:2048]).strip()
    code = read_code(text)
    if code and (address := signpost_of(code)):
        return HttpResponseRedirect(address)
    return HttpResponseRedirect(search_address(q=text) if text else SEARCH)


@require_safe
def search_map(request: HttpRequest) -> HttpResponse:
    """Where the practices of a search are: a map, and the same as a table."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_search(request, known)
    shown = SearchMap(query, notices, known)
    try:
        total = shown.total
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query)
    return render(request, "practices/map.html", {"map": shown, "total": total})


@require_safe
def facet_options(request: HttpRequest, facet: str) -> HttpResponse:
    """All options of one facet for a search, to read through and to filter."""
    known = registers.current()
    if facet not in known.facets:
        raise Http404
    if moved := moved_values(request, known.former):
        return moved
    query, notices = read_search(request, known, ignored=[FILTER])
    try:
        found = Search(query, notices, known)
        shown = found.facet(facet)
    except EngineError as error:
        log_failure(error)
        return unavailable(request, query)
    return options_page(request, found, shown, query)


def options_page(
    request: HttpRequest, found: FacetedSearch, shown: ShownFacet, query: Query
) -> HttpResponse:
    """The page with all options of one facet; `query` is the search to go back to."""
    wanted = clean(request.GET.get(FILTER, "")[:200]).strip()
    options = [
        option for option in shown.options if option.selected or fold(wanted) in fold(option.label)
    ]
    context = {
        "search": found,
        "facet": shown,
        "options": options,
        "filter": wanted,
        "kept": _kept(query),
        "back_url": Addresses(found.path).of(query),
    }
    return render(request, "practices/facet.html", context)


def log_failure(error: EngineError) -> None:
    """Say that no engine could answer, once in a while."""
    if count := _lines.passes():
        logger.warning("No search is possible. Failures since the last line: %d. %s", count, error)


def unavailable(request: HttpRequest, query: Query, action: str = SEARCH) -> HttpResponse:
    """The way to the practices that needs no search: the municipalities."""
    # Not asked for counts either: the search has just failed.
    municipalities = municipality_list(has_search=False)
    context = {"text": query.text, "action": action, "municipalities": municipalities}
    return render(request, "practices/search_unavailable.html", context)


def read_search(
    request: HttpRequest, known: Registers, ignored: list[str] | None = None
) -> tuple[Query, list[str]]:
    """The search in an address, and what was not understood."""
    return parse(request.GET, known.facets.values(), sort_labels(), ignored or [])


def _kept(query: Query) -> list[tuple[str, str]]:
    """The search as hidden fields."""
    pairs = [("q", query.text)] if query.text else []
    return pairs + [(name, value) for name, values in query.chosen for value in values]


def signpost_of(code: str) -> str | None:
    """The address of the WegWijzer with a search code; None if there is no public one."""
    pages = public_pages(SignpostPage).filter(code=code)
    return signpost_address(code) if pages.exists() else None


def unknown_code(code: str) -> str:
    """What is said of a search code that leads nowhere."""
    return _("There is no WegWijzer with search code %(code)s.") % {"code": code}
