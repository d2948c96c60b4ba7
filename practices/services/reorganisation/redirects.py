"""Former addresses of municipalities and practices lead to where these are now."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from practices.indexes.former_values import FormerValues, current_address
from practices.models import (
    IN_FORCE,
    Municipality,
    MunicipalityPage,
    PracticeMove,
    PracticePage,
    Reorganisation,
    ReorganisationState,
)
from practices.selectors import public_pages

UNDONE = ReorganisationState.UNDONE

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


def slugs_now(*, municipality: str, practice: str = "") -> dict[str, str] | None:
    """The present slugs of an address that is gone; None if it never was, or is not public."""
    if practice:
        page = practice_moved_from(municipality=municipality, practice=practice)
        return page and {"municipality": page.municipality.slug, "practice": page.slug}
    found = municipality_moved_from(slug=municipality)
    return {"municipality": found.slug} if found else None


def practice_moved_from(*, municipality: str, practice: str) -> PracticePage | None:
    """The public practice that once stood at an address; the latest that a reorganisation moved.

    A draft is not found: its address was never anybody's.
    """
    merged = Q(
        reorganisation__state__in=IN_FORCE, old_municipality__slug=municipality, old_slug=practice
    )
    put_back = Q(reorganisation__state=UNDONE, new_slug=practice) & (
        Q(reorganisation__new__slug=municipality) | Q(reorganisation__new_slug=municipality)
    )
    move = (
        PracticeMove.objects.filter(merged | put_back, page__in=public_pages(PracticePage))
        .select_related("page__municipality")
        .order_by("-reorganisation__carried_out_at", "-pk")
        .first()
    )
    return move.page if move else None


def municipality_moved_from(*, slug: str) -> Municipality | None:
    """The municipality with a public page of which another, or one undone, is part now."""
    old = Municipality.objects.filter(slug=slug).exclude(merged_into=None).first()
    if old is None:
        undone = Reorganisation.objects.filter(state=UNDONE, new=None, new_slug=slug).last()
        old = undone.old.order_by("-inhabitants").first() if undone else None
    if old is None:
        return None
    now = old.current
    is_public = public_pages(MunicipalityPage).filter(municipality=now).exists()
    return now if is_public else None
