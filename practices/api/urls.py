"""The addresses of the API; included by the plugin's own."""

from django.urls import URLPattern, path, re_path

from practices.api.application import api
from practices.api.guard import guarded, unknown
from practices.api.views import openapi, page

VERSIONED = "api/v1/"


def _operations() -> list[URLPattern]:
    """What django-ninja answers, behind the guard."""
    patterns = [
        one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"
    ]
    return [
        path(f"{VERSIONED}{one.pattern}", guarded(one.callback), name=f"api-{one.name}")
        for one in patterns
    ]


urlpatterns = [
    path(VERSIONED, page, name="api"),
    path(f"{VERSIONED}openapi.json", openapi, name="api-openapi"),
    *_operations(),
    re_path(rf"^{VERSIONED}(?P<path>.*)$", unknown, name="api-unknown"),
]
