"""The search as a table and as a feed, at the addresses of the page with another ending."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from practices.frontend.search import feed as feeds
from practices.frontend.search import table as tables
from practices.frontend.search.long_answers import Places
from practices.frontend.search.practice_search import FEED
from practices.frontend.search.searching import (
    later,
    read_search,
    searching,
    text_without_search,
)
from practices.indexes.readers import practice_reader
from practices.indexes.registers import Registers
from practices.indexes.searching import ADDRESSES
from practices.selectors.exported import exported
from search.questions.query import NEWEST, Query
from search.results import answers
from search.results.presenter import search_title

MINUTE = "60"
"""In seconds."""

_places = Places()


@searching(otherwise=text_without_search)
def table(request: HttpRequest, known: Registers) -> HttpResponseBase:
    """All that a search finds as CSV, however much, sent as it is made; long ones one by one."""
    query, _notices = read_search(request, known)
    ids = answers.all_ids(practice_reader(), query, known.facets, known.synonyms)
    pieces = tables.pieces(exported(ids))
    sent = _places.held(pieces) if len(ids) > tables.ROWS else pieces
    if sent is None:
        return later(_("Others are fetching a large table now. Try again in a minute."), MINUTE)
    response = StreamingHttpResponse(sent, content_type="text/csv; charset=utf-8")
    name = f"praktijken-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@searching(otherwise=text_without_search)
def feed(request: HttpRequest, known: Registers) -> HttpResponse:
    """A page of what a search finds as Atom, the newest first."""
    query, notices = read_search(request, known)
    # The newest first, for whomever it is.
    query = query.owned_by("").sorted_by(NEWEST).at_page(query.page)
    found = answers.run(practice_reader(), query, known.facets, known.synonyms)
    made = feeds.feed(
        exported(found.answer.ids),
        title=search_title(found.query, known.facets),
        notices=notices,
        page_url=ADDRESSES.of(found.query),
        pages=_pages(found.query, found.pages),
    )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    response["Last-Modified"] = http_date(_seconds(made.latest_post_date()))
    return response


def _pages(query: Query, last: int) -> dict[str, str]:
    """The addresses of this page and of those around it."""
    numbers = {"self": query.page, "first": 1, "last": last}
    numbers |= {"previous": query.page - 1} if query.page > 1 else {}
    numbers |= {"next": query.page + 1} if query.page < last else {}
    return {name: FEED.of(query.at_page(number)) for name, number in numbers.items()}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
