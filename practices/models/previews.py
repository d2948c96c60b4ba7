"""What a practice looks like before it is saved: its page, and how it is found in lists."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

AS_RESULT = "zoekresultaat"


class PracticePreviews:
    """The previews beside the form of a practice; all show what stands in the form now."""

    preview_modes: ClassVar = [("", _("Page")), (AS_RESULT, _("Search result"))]

    def get_preview_template(self, _request: HttpRequest, mode_name: str) -> str:
        """The template of a mode."""
        name = "preview_result" if mode_name == AS_RESULT else "practice_page"
        return f"practices/{name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Add the practice as its author sees it, before it is saved."""
        # Presenters read models, so that they can't be imported before these.
        from practices.frontend.pages.practice import preview_card, preview_view

        view = preview_view(self)  # type: ignore[arg-type]  # only PracticePage has these previews
        found = [preview_card(view)] if mode_name == AS_RESULT else []
        return {**Page.get_context(self, request), "practice": view, "found": found}
