"""Lists with pages: how many on a page, where to go on, and how the next page is named."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from practices.addresses import absolute
from practices.api import cursors
from practices.api.problems import RefusedError

PAGE_SIZE, MOST = 20, 100
FIRST_YEAR, LAST_YEAR = 1970, 2100

Size = Annotated[
    int,
    Query(
        ge=1,
        le=MOST,
        description=gettext_noop("How many results on a page."),
        examples=[20],
    ),
]
Cursor = Annotated[
    str,
    Query(
        max_length=cursors.LONGEST,
        description=gettext_noop("Where to go on: take it from “volgende”."),
    ),
]


def begin(request: HttpRequest, cursor: str) -> list[int]:
    """The ids after which the page begins; none for the first. Raises `RefusedError`."""
    return cursors.after(_question(request), cursor)


def next_address(request: HttpRequest, response: HttpResponse, after: Sequence[int]) -> str | None:
    """The address of the next page, in a header too; None if there is none."""
    if not after:
        return None
    parameters = request.GET.copy()
    parameters["cursor"] = cursors.cursor(_question(request), after)
    address = absolute(f"{request.path}?{parameters.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return address


def keyed(
    request: HttpRequest, response: HttpResponse, keys: Sequence[int], size: int
) -> tuple[Sequence[int], str | None]:
    """A page of keys in their own order, of which one more than fits was read; and what follows."""
    more = keys[size - 1 : size] if len(keys) > size else ()
    return keys[:size], next_address(request, response, more)


def page(
    results: Sequence[Mapping[str, Any]], following: str | None, notices: Sequence[str] = ()
) -> dict[str, Any]:
    """A page of a list."""
    return {"resultaten": results, "volgende": following, "meldingen": list(notices)}


def moment(text: str) -> datetime | None:
    """The moment in a parameter, a date with or without a time; None without.

    Raises `RefusedError`.
    """
    if not text:
        return None
    # A plus in an address stands for a space.
    written = text.strip().replace(" ", "+")
    try:
        found: datetime | date | None = parse_date(written) or parse_datetime(written)
        if isinstance(found, date) and not isinstance(found, datetime):
            found = datetime.combine(found, time.min)
        if found and FIRST_YEAR <= found.year <= LAST_YEAR:
            return make_aware(found) if is_naive(found) else found.astimezone(UTC)
    except ValueError:
        pass
    raise RefusedError(
        400,
        _("Give “gewijzigd_sinds” as 2026-11-25 or as 2026-11-25T09:00:00Z, from %(year)d on.")
        % {"year": FIRST_YEAR},
    )


def _question(request: HttpRequest) -> str:
    """What is asked, without the page; a cursor holds for this alone."""
    pairs = [
        (name, sorted(values))
        for name, values in sorted(request.GET.lists())
        if name not in ("cursor", "aantal")
    ]
    return repr((request.path, pairs))
