"""The panel “Wat nog ontbreekt en opvalt” beside the form of a practice."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from practices.models import PracticePage
from practices.services.checks.facts import draft_of
from practices.services.checks.likeness import similar_practices
from practices.services.checks.permissions import may_overrule
from practices.services.checks.report import Report, report_on
from practices.services.checks.selectors import overrules_of

FRAGMENT = "practices/admin/practice_form/report.html"


def report_of(page: PracticePage) -> Report:
    """The report on a page, saved or not."""
    draft = draft_of(page)
    alike = similar_practices(draft, but_not=page.pk)
    return report_on(draft, overrules_of(page.pk), tuple(alike))


def fragment_context(
    request: HttpRequest, page: PracticePage, report: Report, **more: Any
) -> dict[str, Any]:
    """What the template of a report needs; Wagtail renders panels without the request."""
    return {
        "report": report,
        "overrule_url": reverse("practice_checks:overrule", args=[page.pk]) if page.pk else "",
        "may_overrule": bool(page.pk) and may_overrule(request.user, page),
        "csrf_token": get_token(request),
        **more,
    }


class ChecksPanel(BaseSidePanel):
    """The report, and where the script asks for a newer one.

    Without a script Wagtail shows no side panel: the page of the form then has the same report
    above it (see `viewset`).
    """

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button with the number of things to look at."""

        aria_label = _("Show what is missing and stands out")
        icon_name = "tasks"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "count": self.panel.report.count}

    name = "practice-checks"
    title = _("What is missing and stands out")
    template_name = "practices/admin/practice_form/panel.html"
    order = 50

    @cached_property
    def report(self) -> Report:
        """The report on the page as it is shown in the form."""
        return report_of(self.object)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        page = self.object
        return {
            **super().get_context_data(parent_context),
            **fragment_context(self.request, page, self.report),
            "report_url": reverse("practice_checks:report", args=[page.pk]) if page.pk else "",
        }

    @property
    def media(self) -> Media:
        return Media(
            css={"all": ["practices/admin/practice_form.css"]},
            js=["practices/admin/practice_form.js"],
        )
