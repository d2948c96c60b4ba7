"""What stands at the head of every answer of the API."""

from django.http import HttpResponse

from practices.api import VERSION

EXPOSED = "API-Version, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
ASKED = "Accept, Accept-Language, Content-Type, If-None-Match"
METHODS = "GET, HEAD, OPTIONS"
DAY = "86400"


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Let a page of any site read the answer (CORS), and no search engine list it.

    The answer is the same for everybody: there are no cookies or accounts to protect.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["API-Version"] = VERSION
    response["X-Robots-Tag"] = "noindex"
    if "Cache-Control" not in response:
        # May be kept, but asked for again: that costs a 304 as long as nothing changed.
        response["Cache-Control"] = "public, no-cache"
    return response


def preflight() -> HttpResponse:
    """What a browser asks before a page of another site may send more than a simple request."""
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = ASKED
    response["Access-Control-Max-Age"] = DAY
    return for_everybody(response)
