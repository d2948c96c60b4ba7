"""Counts every request."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from cms.addresses import ADMIN
from cms.metrics import breakers
from cms.metrics.definitions import REQUEST_SECONDS, REQUESTS

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"
"""What no view answered: static files, and errors before a view was found."""


def count_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware; stands before all that may answer."""

    def counted(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = get_response(request)
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, response.status_code).inc()
        REQUEST_SECONDS.labels(route).observe(perf_counter() - begun)
        breakers.sample()
        return response

    return counted


def route_of(request: HttpRequest) -> str:
    """The name of the view, of which there are so many as there are routes; the admin is one."""
    match = request.resolver_match
    if match is None:
        return NO_ROUTE
    if match.route.startswith(ADMIN):
        return "beheer"
    return match.view_name or NO_ROUTE
