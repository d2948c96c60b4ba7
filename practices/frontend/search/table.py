"""A search as a table that any spreadsheet opens: CSV."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.models.relations import RELATIONS
from practices.selectors.exported import Exported

BOM = "\ufeff"
"""Without it Excel takes the file for an older encoding, and spoils every é."""
DELIMITER = ";"
"""What Dutch spreadsheets expect, whose comma stands in numbers."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""


class _Echo:
    """Gives back each line that `csv` writes, so that it can be sent at once."""

    def write(self, line: str) -> str:
        return line


def lines(practices: Iterable[Exported]) -> Iterator[str]:
    """The table line by line, the names of its columns first."""
    writer: Any = csv.writer(_Echo(), delimiter=DELIMITER)
    yield BOM + writer.writerow(_head())
    for practice in practices:
        yield writer.writerow([harmless(cell) for cell in _cells(practice)])


def harmless(cell: str) -> str:
    """The text as a cell that is a text to every spreadsheet, never a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _head() -> list[str]:
    return [
        _("Title"),
        _("Municipality"),
        _("CBS code"),
        _("Province"),
        _("Period"),
        _("Summary"),
        *(str(vocabulary.label) for vocabulary in RELATIONS.values()),
        _("First published"),
        _("Changed"),
        _("Fictional"),
        _("Address"),
    ]


def _cells(practice: Exported) -> list[str]:
    return [
        practice.title,
        practice.municipality,
        practice.code,
        practice.province,
        practice.period,
        practice.summary,
        *(", ".join(practice.terms[relation]) for relation in RELATIONS),
        date_format(localtime(practice.published), "Y-m-d"),
        date_format(localtime(practice.changed), "Y-m-d"),
        _("yes") if practice.is_fictional else _("no"),
        practice.url,
    ]
