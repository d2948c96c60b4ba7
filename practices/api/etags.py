"""The mark of an answer, by which whoever has it asks whether it changed: cheap and never wrong.

All that the API shows stands in the database, and whatever changes it raises the stamp of
`RegisterStamp` in the same transaction. So the stamp and the address make the mark, and it costs
the one query that every request makes anyway. What a search engine finds may lag behind the stamp:
a search adds what it found.
"""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from practices.addresses import site_address
from practices.api import VERSION

ATTRIBUTE = "_api_etag"


class NotModifiedError(Exception):
    """Whoever asks has the answer already."""


def fresh(request: HttpRequest, stamp: tuple[int, int], *found: object) -> None:
    """Mark the answer to a request, from what it depends on besides the address.

    The stamp must have been read before all else. Raises `NotModifiedError` for who has the answer.
    """
    depends = (VERSION, site_address(), stamp, request.get_full_path(), found)
    # Weak: a proxy may compress the answer.
    etag = f'W/"{sha256(repr(depends).encode()).hexdigest()[:32]}"'
    setattr(request, ATTRIBUTE, etag)
    given = parse_etags(request.headers.get("If-None-Match", ""))
    if etag.removeprefix("W/") in {one.removeprefix("W/") for one in given}:
        raise NotModifiedError


def not_modified() -> HttpResponse:
    """The answer to who has it already."""
    return HttpResponseNotModified()


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its mark; what went wrong has none."""
    etag = getattr(request, ATTRIBUTE, None)
    if etag and response.status_code in (200, 304):
        response["ETag"] = etag
    return response
