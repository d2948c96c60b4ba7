"""Wagtail's views on a practice, with the panel of the checks beside its form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from practices.admin.practice_form.panel import ChecksPanel, fragment_context
from practices.models import PracticePage


class WithChecks:
    """Adds the panel; not to what autosave sends back, for the panel keeps itself up to date."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's own panels, after the checks."""
        panels: MediaContainer = super().get_side_panels()  # type: ignore[misc]
        if getattr(self, "expects_json_response", False):
            return panels
        self.checks = ChecksPanel(self.page, self.request)  # type: ignore[attr-defined]
        return MediaContainer([self.checks, *panels])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context, with the report for those without a script."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if checks := getattr(self, "checks", None):
            context |= fragment_context(checks.request, checks.object, checks.report)
        return context

    def get_template_names(self) -> list[str]:
        """Wagtail's page of the form, with the report above it for those without a script."""
        names: list[str] = super().get_template_names()  # type: ignore[misc]
        return [
            "practices/admin/practice_form/edit.html" if name == _PLAIN else name for name in names
        ]


_PLAIN = "wagtailadmin/pages/edit.html"


class PracticeCreateView(WithChecks, CreateView):
    """The form of a new practice."""


class PracticeEditView(WithChecks, EditView):
    """The form of a practice."""


class PracticeRevertView(WithChecks, RevisionsRevertView):
    """The form of a practice, filled with an older version."""


class PracticePageViewSet(PageViewSet):
    """The views on practices; all that is not named here is Wagtail's own."""

    model = PracticePage
    add_view_class = PracticeCreateView
    edit_view_class = PracticeEditView
    revisions_revert_view_class = PracticeRevertView
    parent_models: ClassVar[Sequence[Any]] = ()
    """The list under a municipality stays Wagtail's."""
