"""`/gezondheid/`: for load balancers, which read the status, and operators, who read the JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.health import report
from cms.health.findings import State


@require_safe
@cache_control(no_store=True)
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return _answer({"staat": State.GOOD.value}, 200)


@require_safe
@cache_control(no_store=True)
def ready(request: HttpRequest) -> HttpResponse:
    """Whether this server can serve visitors; 503 where it cannot."""
    found = report.current()
    return _answer(found.data(), 200 if found.is_ready else 503)


def _answer(data: dict[str, object], status: int) -> HttpResponse:
    response = JsonResponse(data, status=status)
    response["X-Robots-Tag"] = "noindex"
    # The answer says it all: Django need not log a 503 as an error of its own.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
