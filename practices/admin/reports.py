"""The report on documents that a search index refused, for editors and administrators."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from practices.admin.menus import ItemFor
from practices.models.roles import is_editor
from search.indexing.outbox import retry
from search.models import Change

NAME = "practices_set_aside"


class SetAsideReport(ReportView):
    """What is set aside, oldest first: index, practice, error, since when; with a button."""

    page_title = _("Set aside by the search")
    header_icon = "warning"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    results_template_name = "practices/admin/reports/set_aside.html"
    default_ordering = "recorded_at"
    list_export: ClassVar = ["follower", "document", "error", "recorded_at"]
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises `PermissionDenied` for whoever is no editor."""
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return Change.objects.filter(is_set_aside=True).order_by("recorded_at", "pk")

    def decorate_paginated_queryset(self, object_list: Sequence[Change]) -> Sequence[Change]:
        """Give each the title of its practice, where that still exists."""
        rows = list(object_list)
        pages = Page.objects.in_bulk([row.document for row in rows])
        for row in rows:
            row.page = pages.get(row.document)  # type: ignore[attr-defined]
        return rows

    def get_filename(self) -> str:
        return "terzijde"


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Let the chosen documents be tried again, or all of them.

    Raises `PermissionDenied` for whoever is no editor.
    """
    if not is_editor(request.user):
        raise PermissionDenied
    chosen = request.POST.get("change", "")
    rows = Change.objects.filter(is_set_aside=True)
    if chosen:
        rows = rows.filter(pk=int(chosen)) if chosen.isdecimal() else rows.none()
    count = retry(rows.values_list("pk", flat=True))
    text = ngettext("%d practice will be tried again.", "%d practices will be tried again.", count)
    messages.success(request, text % count)
    return redirect(NAME)


def menu_item() -> MenuItem:
    """The item that leads to the report."""
    return ItemFor(
        is_editor,
        SetAsideReport.page_title,
        reverse(NAME),
        name="set-aside",
        icon_name=SetAsideReport.header_icon,
        order=1100,
    )


urls = [
    path("reports/terzijde/", SetAsideReport.as_view(), name=NAME),
    path(
        "reports/terzijde/results/",
        SetAsideReport.as_view(results_only=True),
        name=f"{NAME}_results",
    ),
    path("reports/terzijde/opnieuw/", try_again, name=f"{NAME}_retry"),
]
