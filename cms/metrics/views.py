"""`/intern/metrics`: all measurements of this machine, for who has the token."""

import os

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from cms.metrics import breakers, files
from cms.metrics.database import DatabaseCollector


@require_safe
@cache_control(no_store=True)
def metrics(request: HttpRequest) -> HttpResponse:
    """The measurements as text; without the right token there is no such page."""
    if not _may_read(request):
        raise Http404
    breakers.sample()
    body = generate_latest(_registry()) + generate_latest(_at_scrape())
    response = HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
    response["X-Robots-Tag"] = "noindex"
    return response


def _may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(given, f"Bearer {token}")


def _registry() -> CollectorRegistry:
    """The counts of all processes of this machine, or of this one where it stands alone."""
    if files.VARIABLE not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _at_scrape() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(DatabaseCollector())
    return registry
