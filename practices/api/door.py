"""What every address of the API does before it answers, and after."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from practices.api import limit
from practices.api.etags import marked
from practices.api.headers import METHODS, for_everybody, preflight
from practices.api.problems import not_found, problem

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """The view, to read only and not too often, for pages of every site."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return _wrong_method()
        turn = limit.turns.take(request)
        if turn and not turn.is_given:
            response = _too_many(turn)
        else:
            response = for_everybody(marked(request, _as_get(view, request, *args, **kwargs)))
        if turn:
            response["RateLimit-Policy"] = f'"minuut";q={turn.limit};w={limit.WINDOW}'
            response["RateLimit"] = f'"minuut";r={turn.remaining};t={turn.seconds}'
        return response

    # It takes nothing from a form, so there is nothing to forge; others get a 405 in JSON.
    inside.csrf_exempt = True  # type: ignore[attr-defined]
    return inside


@door
def unknown(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address at which nothing is."""
    return not_found()


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


def _too_many(turn: limit.Turn) -> HttpResponse:
    detail = _(
        "You asked more than %(limit)d times in a minute. Go on in %(seconds)d seconds, and more"
        " slowly. With more results on a page you need fewer requests."
    )
    response = problem(429, detail % {"limit": turn.limit, "seconds": turn.seconds})
    response["Retry-After"] = str(turn.seconds)
    return response
