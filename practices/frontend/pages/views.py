"""The pages of the tree at their fixed addresses, and the form that relays a message.

Wagtail finds a page by walking down the tree, with two queries for each level. These views find
it with one, and then leave everything else (hooks, restrictions, previews) to Wagtail.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from practices.frontend.moved import follows_moves
from practices.frontend.pages.municipalities import municipality_view
from practices.frontend.pages.share_pictures import picture_of
from practices.frontend.rendering import render
from practices.models import (
    Municipality,
    MunicipalityIndexPage,
    MunicipalityPage,
    PracticePage,
    SignpostIndexPage,
    SignpostPage,
)
from practices.selectors import public_pages
from practices.selectors.public import shown_name


def municipalities(request: HttpRequest) -> HttpResponse:
    """The list of municipalities."""
    return _serve(request, MunicipalityIndexPage.objects.all(), "gemeenten/")


@follows_moves
def municipality(request: HttpRequest, municipality: str) -> HttpResponse:
    """The page of a municipality; one that shared nothing yet needs none in the tree."""
    pages = MunicipalityPage.objects.select_related("municipality")
    try:
        return _serve(request, pages, f"gemeenten/{municipality}/")
    except Http404:
        there_are = Municipality.objects.filter(merged_into=None)
        facts = get_object_or_404(there_are, slug=municipality)
        shown = {"municipality": municipality_view(facts)}
        return render(request, MunicipalityPage.template, shown)


@follows_moves
def practice(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
    """A practice."""
    pages = PracticePage.objects.select_related("municipality").annotate(
        shown_municipality=shown_name("municipality")
    )
    return _serve(request, pages, f"gemeenten/{municipality}/{practice}/")


@require_safe
@cache_control(public=True, max_age=3600)
def share_picture_of(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
    """The picture that goes with a link to a practice, for as long as that is public."""
    pages = public_pages(PracticePage).annotate(shown=shown_name("municipality"))
    at = f"/gemeenten/{municipality}/{practice}/"
    found = pages.filter(slug=practice, url_path__endswith=at).values_list("pk", "title", "shown")
    picture = picture_of(*get_object_or_404(found))
    headers = {"ETag": f'"{picture.version}"'}
    return HttpResponse(picture.content, content_type="image/png", headers=headers)


def signposts(request: HttpRequest) -> HttpResponse:
    """The list of WegWijzers."""
    return _serve(request, SignpostIndexPage.objects.all(), "wegwijzers/")


def signpost(request: HttpRequest, code: str) -> HttpResponse:
    """A WegWijzer, however its code is written."""
    return _serve(request, SignpostPage.objects.all(), f"wegwijzers/{code.lower()}/")


def _serve(request: HttpRequest, pages: "QuerySet[Any]", path: str) -> HttpResponse:
    """Serve the live page at a path below the home page; without one Wagtail looks itself."""
    site = Site.find_for_request(request)
    if site is not None:
        # The database has an index on slugs, not on paths.
        slug = path.split("/")[-2]
        at = f"{site.root_page.url_path}{path}"
        page = pages.filter(live=True, slug=slug, url_path=at).first()
        if page is not None:
            # Where Wagtail keeps the route of a request, so that it is sought once.
            request._wagtail_route_for_request = RouteResult(page, [], {})  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response
