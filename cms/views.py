"""What stands beside the pages: errors, and files for robots."""

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.database_away import database_away, is_database_away
from practices.api.problems import broken, is_of_api

LAST_RESORT = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} – WegWijzer</title></head>
<body><h1>{title}</h1><p>{advice}</p></body></html>
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
        body = last_resort()
    return HttpResponseServerError(body, status=503 if is_database_away(error) else 500)


def last_resort() -> str:
    """A page that needs no template."""
    return LAST_RESORT.format(
        language=settings.LANGUAGE_CODE,
        title=_("Something went wrong"),
        advice=_("It is not your fault. Try again in a few minutes."),
    )


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


@require_safe
@cache_control(max_age=86_400, public=True)
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Raises `Http404` where nobody is named."""
    contact, expires = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contact or expires is None:
        raise Http404
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
