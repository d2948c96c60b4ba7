"""What every address of the API does before it answers, and after."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from practices.api.etags import marked
from practices.api.headers import METHODS, for_everybody, preflight
from practices.api.problems import not_found, problem
from practices.configuration import configuration
from practices.limits import MINUTE, Allowance, MinuteLimit, client_address

View = Callable[..., HttpResponse]

request_limit = MinuteLimit("api")


def guarded(view: View) -> View:
    """The view, to read only and not too often, for pages of every site."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return _wrong_method()
        allowance = _allowance(request)
        if allowance and not allowance.is_allowed:
            response = _too_many(allowance)
        else:
            response = for_everybody(marked(request, _as_get(view, request, *args, **kwargs)))
        if allowance:
            response["RateLimit-Policy"] = f'"minuut";q={allowance.limit};w={MINUTE}'
            response["RateLimit"] = f'"minuut";r={allowance.remaining};t={allowance.seconds}'
        return response

    # It takes nothing from a form, so there is nothing to forge; others get a 405 in JSON.
    inside.csrf_exempt = True  # type: ignore[attr-defined]
    return inside


@guarded
def unknown(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address at which nothing is."""
    return not_found()


def _allowance(request: HttpRequest) -> Allowance | None:
    """Whether the address that asks may do so; None where the site has no limit."""
    limit = configuration().api_limit
    return request_limit.ask(client_address(request), times=limit) if limit > 0 else None


def _as_get(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The answer to GET; whoever asked for its head gets that alone, from Django or the server."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _wrong_method() -> HttpResponse:
    response = problem(405, _("This API is only for reading. Ask with GET or HEAD."))
    response["Allow"] = METHODS
    return response


def _too_many(allowance: Allowance) -> HttpResponse:
    detail = _(
        "You asked more than %(limit)d times in a minute. Go on in %(seconds)d seconds, and more"
        " slowly. With more results on a page you need fewer requests."
    )
    response = problem(429, detail % {"limit": allowance.limit, "seconds": allowance.seconds})
    response["Retry-After"] = str(allowance.seconds)
    return response
