"""What a practice looks like before it is saved: its page, and how it is found in lists."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from practices.models.given import given
from practices.models.presented import frame

AS_RESULT = "zoekresultaat"


class PracticePreviews:
    """The previews beside the form of a practice; all show what stands in the form now."""

    previewer: ClassVar[Callable[[Any, bool], dict[str, Any]]] = given()
    """What a preview shows of a page, as a search result or as a page."""

    preview_modes: ClassVar = [("", _("Page")), (AS_RESULT, _("Search result"))]

    def get_preview_template(self, _request: HttpRequest, mode_name: str) -> str:
        """The template of a mode."""
        name = "preview" if mode_name == AS_RESULT else "practice"
        return f"practices/frontend/pages/{name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Add the practice as its author sees it, before it is saved."""
        shown = type(self).previewer(self, mode_name == AS_RESULT)
        return {**Page.get_context(self, request), **frame(), **shown}
