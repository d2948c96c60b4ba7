"""The description of the API: for programs, and as a page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from practices.api.description import description
from practices.api.guard import guarded
from practices.api.page import api_page
from practices.frontend.rendering import render


@guarded
def openapi(request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI 3.1."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What can be asked, and how; made from the description, so that they can't differ."""
    response = render(request, "practices/api/page.html", {"api": api_page(description())})
    response["X-Robots-Tag"] = "noindex"
    return response
