"""The page behind the link in a mail that asks whether a practice is still right."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from practices.addresses import practice_address
from practices.frontend.rendering import render
from practices.services.moderation import confirmations

TEMPLATE = "practices/frontend/confirming/page.html"


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question; only the button answers it, because mail programs follow links."""
    try:
        page, since = confirmations.read_link(token)
    except confirmations.LinkExpiredError:
        return render(request, TEMPLATE, {"outcome": "expired"}, status=410)
    except confirmations.LinkError:
        return render(request, TEMPLATE, {"outcome": "unknown"}, status=404)
    outcome = "ask" if confirmations.since_of(page) == since else "before"
    if outcome == "ask" and request.method == "POST":
        outcome = "done" if confirmations.confirm(page=page, since=since) else "before"
    context = {
        "outcome": outcome,
        "page": page,
        "since": since,
        "url": practice_address(page.municipality.slug, page.slug),
    }
    return render(request, TEMPLATE, context)
