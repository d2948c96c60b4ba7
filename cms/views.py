"""What stands beside the pages: errors in Dutch, and files for robots."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.database_away import database_away, is_database_away
from practices.api.problems import broken, is_of_api

LAST_RESORT = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Er ging iets mis – WegWijzer</title></head>
<body><h1>Er ging iets mis</h1><p>Probeer het later opnieuw.</p></body></html>
"""


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error of ours; it stands even where templates or static files are broken.

    Django calls it for errors of views and of middleware alike, while the error is handled. A
    database that is away is no error of ours: that is a 503 with the advice to come back.
    """
    error = sys.exc_info()[1]
    try:
        if error is not None and is_database_away(error):
            return database_away(request, error)
        if is_of_api(request):
            return broken()
        body = loader.get_template("500.html").render({"BASE_URL": settings.BASE_URL})
    except Exception:  # noqa: BLE001 (whatever is broken, the visitor gets an answer)
        body = LAST_RESORT
    return HttpResponseServerError(body, status=503 if is_database_away(error) else 500)


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: pages, not every possible search."""
    lines = (
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /beheer/",
        "Disallow: /gezondheid/",
        "Disallow: /intern/",
        "Disallow: /praktijken/?",
        "Disallow: /praktijken/kies/",
        "Disallow: /lessen/?",
        "Disallow: /lessen/kies/",
        "Disallow: /zoek/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86_400, public=True)
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches this site from its own address bar (OpenSearch 1.1)."""
    body = render_to_string("cms/opensearch.xml", {"BASE_URL": settings.BASE_URL})
    return HttpResponse(body, content_type="application/opensearchdescription+xml; charset=utf-8")
