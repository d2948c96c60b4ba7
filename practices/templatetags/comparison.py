"""The rows of a comparison: more than a hundred cells, which the template engine writes slowly."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practices.frontend.comparison.presenter import Known, Row
from practices.frontend.pages.terms import LinkedTerm

register = template.Library()


@register.simple_tag
def comparison_rows(rows: Iterable[Row]) -> SafeString:
    """A row for each characteristic: its name, whether it is the same, and what is known."""
    unknown = f'<span class="unknown">{escape(_("not known"))}</span>'
    found = "".join(_row(row, unknown) for row in rows)
    return mark_safe(found)  # noqa: S308 (all texts are escaped)


def _row(row: Row, unknown: str) -> str:
    cells = "".join(
        f"<td>{_cell(known, is_long=row.is_long) if known else unknown}</td>" for known in row.cells
    )
    return (
        f'<tr><th scope="row">{escape(row.label)}'
        f' <span class="mark mark--{row.mark}">{escape(row.mark.label)}</span></th>{cells}</tr>'
    )


def _cell(known: Known, *, is_long: bool) -> str:
    if is_long:
        return "".join(f"<p>{_one(one)}</p>" for one in known)
    return ", ".join(map(_one, known))


def _one(known: LinkedTerm) -> str:
    label = escape(known.label)
    return f'<a href="{escape(known.url)}">{label}</a>' if known.url else label
