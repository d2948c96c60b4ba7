"""Former addresses of municipalities and practices lead to where these are now."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from practices.indexes.former_values import FormerValues, renewed_query
from practices.selectors.moves import slugs_now

View = Callable[..., HttpResponse]


def follows_moves(view: View) -> View:
    """Where the view of an address finds nothing: lead to the present address, if there is one.

    The view takes the slugs of a `municipality` and perhaps of a `practice`.
    """

    @wraps(view)
    def follow(request: HttpRequest, **slugs: str) -> HttpResponse:
        try:
            return view(request, **slugs)
        except Http404:
            now = slugs_now(**slugs)
            # What is at its own address may lack what the view is about, such as a contact.
            if now in (None, slugs) or request.resolver_match is None:
                raise
            address = reverse(request.resolver_match.view_name, kwargs=now)
            query = request.META.get("QUERY_STRING", "")
            return moved(request, f"{address}?{query}" if query else address)

    return follow


def moved_values(request: HttpRequest, former: FormerValues) -> HttpResponse | None:
    """The way to the present values of the facets, where a request has former ones."""
    address = current_address(request, former)
    return moved(request, address) if address else None


def moved(request: HttpRequest, address: str) -> HttpResponse:
    """A permanent redirect, which browsers ask for each time: a reorganisation may be undone.

    What was sent to the old address is sent on.
    """
    is_read = request.method in ("GET", "HEAD")
    response = HttpResponsePermanentRedirect(address, preserve_request=not is_read)
    patch_cache_control(response, no_cache=True)
    return response


def current_address(request: HttpRequest, former: FormerValues) -> str | None:
    """The address that a request means now; None if all its values are still good."""
    query = renewed_query(request.GET, former)
    return None if query is None else f"{request.path}?{query}"
