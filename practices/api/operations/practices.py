"""Practices: searched as on the page, or read from the first to the last."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from practices.addresses import absolute, signpost_address
from practices.api import lists, strict
from practices.api.etags import fresh
from practices.api.found import Asked, all_practices, changed_practices, searched
from practices.api.parameters import SEARCH
from practices.api.rows import practice_rows
from practices.api.schemas.practices import Practice, PracticePage
from practices.frontend.moved import moved_values
from practices.indexes import registers
from practices.indexes.readers import practice_reader
from practices.models.signposts import read_code

OWN = (*strict.LISTED, "gewijzigd_sinds")
LARGEST = 2**31 - 1
TAG = gettext_noop("Practices")
router = Router(tags=[TAG])


@router.get(
    "/praktijken",
    response=PracticePage,
    operation_id="praktijken",
    summary=gettext_noop("Practices, all or those that a search finds"),
    description=gettext_noop(
        "With the parameters of the search page. Without “q” and “sorteer” they stand in the order"
        " of their ids: then you get each practice that stays public exactly once, also while"
        " others are published or removed. With “q” or “sorteer” the order is that of the search"
        " page, and a search gives 10,000 practices at most. Archived practices come only with"
        " “status=gearchiveerd”. A page can hold fewer than you asked for: go on until “volgende”"
        " is null."
    ),
    openapi_extra={"parameters": SEARCH},
)
def practices(
    request: HttpRequest,
    response: HttpResponse,
    cursor: lists.Cursor = "",
    aantal: lists.Size = lists.PAGE_SIZE,
    gewijzigd_sinds: Annotated[
        str,
        Query(
            max_length=50,
            description=gettext_noop(
                "Only what was published since, also again: a date, or a date with a time."
            ),
            examples=["2026-11-25"],
        ),
    ] = "",
) -> Any:
    """A page of practices; at most nine queries."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    query = strict.read_search(request, known.facets, *OWN)
    since = lists.moment(gewijzigd_sinds)
    after = lists.begin(request, cursor)
    if not query.text and not query.chosen and not query.sort:
        fresh(request, known.stamp)
        found = all_practices(known, since, after, aantal)
    else:
        asked = Asked(query, known.facets, known.synonyms, practice_reader())
        found = searched(asked, after, aantal, changed_practices(since))
        fresh(request, known.stamp, found)
    following = lists.next_address(request, response, found.next)
    notices = [*found.notices, *told_codes(query.text)]
    shown = lists.page(practice_rows(found.ids, known), following, notices)
    return {"totaal": found.total, **shown}


@router.get(
    "/praktijken/{id}",
    response=Practice,
    operation_id="praktijk",
    summary=gettext_noop("One practice"),
    description=gettext_noop("Also from the archive: see “gearchiveerd”."),
)
def practice(
    request: HttpRequest, id: Annotated[int, Path(ge=1, le=LARGEST, examples=[12])]
) -> Any:
    """A practice that is public now, the archive included; five queries."""
    strict.check(request)
    known = registers.current()
    fresh(request, known.stamp)
    rows = practice_rows([id], known)
    if not rows:
        raise Http404
    return rows[0]


def told_codes(text: str) -> list[str]:
    """On the page a search code leads to its WegWijzer; here it is said."""
    code = read_code(text)
    if not code:
        return []
    words = {"code": code, "address": absolute(signpost_address(code))}
    return [_("%(code)s is the code of a WegWijzer: %(address)s") % words]
