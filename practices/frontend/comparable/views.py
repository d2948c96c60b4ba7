"""The page with the municipalities that are comparable with one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from practices.addresses import comparable_address
from practices.frontend.comparable.page import comparable_page
from practices.frontend.moved import follows_moves, moved
from practices.frontend.rendering import render
from practices.indexes import registers


@require_safe
@follows_moves
def comparable(request: HttpRequest, municipality: str) -> HttpResponse:
    """Comparable municipalities; of one that went into another, those of that other.

    A municipality needs no page for it: it may not have shared anything yet.
    """
    known = registers.current()
    if now := known.former["gemeente"].get(municipality):
        query = request.META.get("QUERY_STRING", "")
        address = comparable_address(now)
        return moved(request, f"{address}?{query}" if query else address)
    page = comparable_page(known.likeness, municipality, request.GET)
    if page is None:
        raise Http404
    return render(request, "practices/frontend/comparable/page.html", {"comparable": page})
