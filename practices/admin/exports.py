"""Whatever the admin exports: no cell works as a formula, and who took it along is remembered.

Wagtail has one mixin for all of its exports, also of what a site adds; it offers no hook.
"""

from typing import Any

from django.http import HttpResponseBase
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from practices.models import Act
from practices.selectors.cells import harmless
from practices.services.audit.recording import record

_preprocess = SpreadsheetExportMixin.preprocess_field_value
_export = SpreadsheetExportMixin.as_spreadsheet


def neutralise_exports() -> None:
    """Take the place of Wagtail's two methods; harmless if repeated."""
    SpreadsheetExportMixin.preprocess_field_value = _harmless_value
    SpreadsheetExportMixin.as_spreadsheet = _remembered_export


def _harmless_value(self: Any, field: str, value: Any, export_format: str) -> Any:
    """A text that spreadsheets would run gets a quote before it, in CSV; XLSX knows its kind."""
    cell = _preprocess(self, field, value, export_format)
    is_text = isinstance(cell, str) and export_format == SpreadsheetExportMixin.FORMAT_CSV
    return harmless(cell) if is_text else cell


def _remembered_export(self: Any, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
    record(
        Act.EXPORTED,
        by=self.request.user,
        on=(str(self.get_filename())[:100], ""),
        format=str(spreadsheet_format),
    )
    response: HttpResponseBase = _export(self, queryset, spreadsheet_format)
    return response
