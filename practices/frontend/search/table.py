"""A search as a table that any spreadsheet opens: CSV."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.models.relations import RELATIONS
from practices.selectors.cells import harmless
from practices.selectors.exported import Exported

BOM = "\ufeff"
"""Without it Excel takes the file for an older encoding, and spoils every é."""
DELIMITER = ";"
"""What Dutch spreadsheets expect, whose comma stands in numbers."""
ROWS = 500
"""So many are sent at once: each piece takes its way through all layers of the server."""


def pieces(practices: Iterable[Exported]) -> Iterator[str]:
    """The table piece by piece, the names of its columns first; holds one piece at a time."""
    rows = _rows(practices)
    text = StringIO()
    writer = csv.writer(text, delimiter=DELIMITER)
    text.write(BOM)
    while some := list(islice(rows, ROWS)):
        writer.writerows(some)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _rows(practices: Iterable[Exported]) -> Iterator[list[str]]:
    yield _head()
    yes, no = _("yes"), _("no")
    for practice in practices:
        cells = _cells(practice, yes if practice.is_fictional else no)
        yield [harmless(cell) for cell in cells]


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


def _cells(practice: Exported, is_fictional: str) -> list[str]:
    return [
        practice.title,
        practice.municipality,
        practice.code,
        practice.province,
        practice.period,
        practice.summary,
        *(", ".join(practice.terms[relation]) for relation in RELATIONS),
        f"{localtime(practice.published):%Y-%m-%d}",
        f"{localtime(practice.changed):%Y-%m-%d}",
        is_fictional,
        practice.url,
    ]
