"""Public pages of the plugin within the frame of the site."""

from collections.abc import Mapping
from typing import Any

from django import shortcuts
from django.http import HttpRequest, HttpResponse

from practices.models.presented import frame


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the plugin, which extends the base template of the site."""
    return shortcuts.render(request, template, {**frame(), **context}, status=status)
