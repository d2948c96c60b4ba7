"""The gap map as rows of a table.

It has up to 240 cells, of which the template engine would make little haste.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practices.addresses import FOLLOW, SEARCH
from practices.frontend.search.gaps import Cell, GapMap, Heading

register = template.Library()


@register.simple_tag
def gap_table(shown: GapMap) -> SafeString:
    """Head and body of the table; each cell leads to its search, an empty one to what is near."""
    corner = f"{escape(shown.row_label)} ↓ {escape(shown.column_label)} →"
    head = "".join(_heading(one, "col") for one in shown.headings)
    body = "".join(_line(heading, cells) for heading, cells in shown.lines)
    return mark_safe(  # noqa: S308 (all texts are escaped)
        f'<thead><tr><th scope="col">{corner}</th>{head}</tr></thead><tbody>{body}</tbody>'
    )


def _line(heading: Heading, cells: Iterable[Cell]) -> str:
    return f"<tr>{_heading(heading, 'row')}{''.join(map(_cell, cells))}</tr>"


def _heading(heading: Heading, scope: str) -> str:
    label = escape(heading.label)
    if heading.url:
        label = f'<a href="{escape(heading.url)}">{label}</a>'
    return f'<th scope="{scope}">{label}</th>'


def _cell(cell: Cell) -> str:
    if cell.count:
        return (
            f'<td class="gap-map__filled gap-map__filled--{cell.shade}">'
            f'<a href="{escape(cell.url)}">{cell.count}{_hidden(cell.label)}</a></td>'
        )
    near = "".join(
        f'<li><a href="{escape(one.url)}">{escape(one.label)}</a>'
        f' <span class="count">{one.count}</span></li>'
        for one in cell.near
    )
    told = escape(_("Near it:") if cell.near else _("Nothing comes near."))
    exactly = escape(_("Search exactly this"))
    follow = f"{FOLLOW}{cell.url.removeprefix(SEARCH)}"
    mail = escape(_("Mail me when something comes here"))
    consider = escape(_("Does your municipality consider this? Say so (officials)"))
    considered = (
        f'<p><a href="{escape(cell.consider_url)}" rel="nofollow">{consider}</a></p>'
        if cell.consider_url
        else ""
    )
    return (
        f'<td class="gap-map__empty"><details><summary>0{_hidden(cell.label)}</summary>'
        f"<p>{told}</p>{f'<ul>{near}</ul>' if near else ''}"
        f'<p><a href="{escape(cell.url)}">{exactly}</a></p>'
        f'<p><a href="{escape(follow)}">{mail}</a></p>{considered}</details></td>'
    )


def _hidden(label: str) -> str:
    return f'<span class="visually-hidden"> ({escape(label)})</span>'
