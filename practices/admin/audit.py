"""The report on who did what, for administrators."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, DateFromToRangeFilter, MultipleChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from practices.admin.menus import ItemFor
from practices.models import Act, AuditEvent, users
from practices.models.roles import is_administrator
from practices.services.people.selectors import account_of

NAME = "practices_audit"
DETAILS = {
    "format": gettext_lazy("as"),
    "new_browser": gettext_lazy("new browser"),
    "rights": gettext_lazy("rights"),
    "role": gettext_lazy("role"),
    "sessions": gettext_lazy("browsers"),
}
"""What the names of details mean."""


class AuditFilters(WagtailFilterSet):
    """What an administrator looks for: acts, days, somebody."""

    at = DateFromToRangeFilter(label=gettext_lazy("Day"), widget=DateRangePickerWidget)
    act = MultipleChoiceFilter(
        label=gettext_lazy("What"), choices=Act.choices, widget=CheckboxSelectMultiple
    )
    who = CharFilter(label=gettext_lazy("By or about (address or user name)"), method="of_person")

    class Meta:
        """Filters the events."""

        model = AuditEvent
        fields: ClassVar = ["at", "act"]

    def of_person(self, events: Any, _name: str, value: str) -> Any:
        """What somebody did, and what was done to their account; nothing for an unknown name."""
        person = account_of(value.strip())
        if person is None:
            return events.none()
        key = str(person.pk)
        kind = get_user_model()._meta.label_lower
        return events.filter(by=key) | events.filter(kind=kind, key=key)


class AuditReport(ReportView):
    """Newest first: when, who, what, on what, from which network."""

    page_title = gettext_lazy("Who did what")
    header_icon = "history"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    results_template_name = "practices/admin/reports/audit.html"
    model = AuditEvent
    filterset_class = AuditFilters
    default_ordering = "-pk"
    is_searchable = False
    list_export: ClassVar = ["at", "by_name", "get_act_display", "on_name", "network", "more"]
    export_headings: ClassVar = {
        "at": gettext_lazy("When"),
        "by_name": gettext_lazy("Who"),
        "get_act_display": gettext_lazy("What"),
        "on_name": gettext_lazy("On what"),
        "network": gettext_lazy("Network"),
        "more": gettext_lazy("Details"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises `PermissionDenied` for whoever is no administrator."""
        if not is_administrator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return AuditEvent.objects.order_by("-pk")

    def decorate_paginated_queryset(
        self, object_list: Sequence[AuditEvent]
    ) -> Sequence[AuditEvent]:
        """Give each the names of today; they are kept nowhere."""
        rows = list(object_list)
        name_rows(rows)
        return rows

    def get_filename(self) -> str:
        return "wie-deed-wat"

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """The same columns as a file."""
        return super().as_spreadsheet(
            self.decorate_paginated_queryset(queryset), spreadsheet_format
        )


def name_rows(rows: Sequence[AuditEvent]) -> None:
    """Set `by_name`, `on_name` and `more` on each: what they are called now, or a number."""
    accounts = get_user_model()._meta.label_lower
    known = {accounts: _names(users.people(), {row.by for row in rows if row.by}, users.name_of)}
    for kind in {row.kind for row in rows if row.kind}:
        keys = {row.key for row in rows if row.kind == kind}
        known[kind] = {**known.get(kind, {}), **_of_kind(kind, keys)}
    for row in rows:
        name = known.get(row.kind, {}).get(row.key)
        by = known[accounts].get(row.by) or _numbered(accounts, row.by)
        row.by_name = by if row.by else ""  # type: ignore[attr-defined]
        row.on_name = name or _numbered(row.kind, row.key)  # type: ignore[attr-defined]
        row.more = _in_words(row.details)  # type: ignore[attr-defined]


def _in_words(details: Mapping[str, Any]) -> str:
    """What is kept beside an act, as people read it; what is new is shown by its own name."""
    told = []
    for name, value in details.items():
        label = str(DETAILS.get(name, name))
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        told.append(label if value is True else f"{label}: {shown}")
    return "; ".join(told)


def _of_kind(kind: str, keys: set[str]) -> Mapping[str, str]:
    try:
        model: Any = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    if model is get_user_model():
        return _names(users.people(), keys, users.name_of)
    show: Callable[[Any], str] = str
    if issubclass(model, Page):
        show = Page.get_admin_display_title
        model = Page
    return _names(model._default_manager.all(), keys, show)


def _names(rows: Any, keys: set[str], show: Callable[[Any], str]) -> dict[str, str]:
    try:
        return {str(row.pk): show(row) for row in rows.filter(pk__in=keys)}
    except (ValueError, ValidationError):
        return {}


def _numbered(kind: str, key: str) -> str:
    """What is gone, by the name of its kind and its number."""
    if not kind or not key:
        return kind
    try:
        label = apps.get_model(kind)._meta.verbose_name
    except (LookupError, ValueError):
        label = kind
    return _("%(kind)s %(number)s (gone)") % {"kind": capfirst(label), "number": key}


def menu_item() -> MenuItem:
    """The item that leads to the report."""
    return ItemFor(
        is_administrator, AuditReport.page_title, reverse(NAME),
        name="who-did-what", icon_name=AuditReport.header_icon, order=1200,
    )  # fmt: skip


urls = [
    path("reports/wie-deed-wat/", AuditReport.as_view(), name=NAME),
    path(
        "reports/wie-deed-wat/results/",
        AuditReport.as_view(results_only=True),
        name=f"{NAME}_results",
    ),
]
