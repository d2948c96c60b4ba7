"""Facets of a search as checkboxes with counts.

A search page has seventeen facets with more than 150 options. Written by the template engine they
take most of the time of the whole page, so they are written here.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.results.presenter import ShownFacet, ShownOption

register = template.Library()

OPEN = 3
"""So many facets are unfolded from the start."""

safe = lru_cache(maxsize=4096)(escape)
"""Names, values and labels come back on every page."""

address_of = lru_cache(maxsize=256)(reverse)
"""So do the addresses of the facets; only the search differs."""


@register.simple_tag
def facets(shown: Iterable[ShownFacet], kept: str, view: str = "practices:facet") -> SafeString:
    """All facets that have options.

    `kept` is the search as a query string, `view` the name of what lists all options of a facet.
    """
    separator = _separator()
    found = (
        _facet(facet, (view, kept), separator, is_open=place < OPEN or facet.has_selection)
        for place, facet in enumerate(shown)
        if facet.shown or facet.is_on_another
    )
    return mark_safe("".join(found))  # noqa: S308 (all texts are escaped)


@register.simple_tag
def options(facet: str, shown: Iterable[ShownOption]) -> SafeString:
    """A list of checkboxes with counts and meanings; narrower options stand below broader ones."""
    found = _list(safe(facet), shown, _separator(), has_meanings=True)
    return mark_safe(found)  # noqa: S308 (all texts are escaped)


def _facet(facet: ShownFacet, rest: tuple[str, str], separator: str, *, is_open: bool) -> str:
    name, label = safe(facet.name), safe(facet.label)
    return (
        f'<details class="facet"{" open" if is_open else ""}>'
        f'<summary class="facet__name">{label}{_chosen() if facet.has_selection else ""}</summary>'
        f'<fieldset><legend class="visually-hidden">{label}</legend>'
        f"{_years(name) if facet.kind == 'range' else ''}"
        f"{_list(name, facet.shown, separator)}"
        f"{_more(facet, label, *rest)}"
        "</fieldset></details>"
    )


def _chosen() -> str:
    # Texts stand outside the pieces of HTML: makemessages does not look into those.
    chosen = safe(_("chosen"))
    return f' <span class="facet__chosen">{chosen}</span>'


def _years(name: str) -> str:
    """Two fields for a range of years."""
    first, last = safe(_("From")), safe(_("Up to"))
    limits = 'min="1950" max="2100" inputmode="numeric"'
    return (
        '<div class="years">'
        f'<label>{first} <input type="number" name="{name}_van" {limits}></label> '
        f'<label>{last} <input type="number" name="{name}_tot" {limits}></label></div>'
    )


def _more(facet: ShownFacet, label: str, view: str, kept: str) -> str:
    """The link to all options, or to what they mean: meanings would double a search page."""
    count = facet.hidden_count
    if facet.is_on_another:
        more = _("Choose from the list")
    elif count:
        more = ngettext("%(hidden)s more", "%(hidden)s more", count) % {"hidden": count}
    elif facet.has_meanings:
        more = _("What does this mean?")
    else:
        return ""
    address = address_of(view, args=(facet.name,)) + (f"?{kept}" if kept else "")
    return (
        f'<p class="facet__all"><a href="{escape(address)}">{escape(more)}'
        f'<span class="visually-hidden"> ({label})</span></a></p>'
    )


def _list(
    facet: str, shown: Iterable[ShownOption], separator: str, *, has_meanings: bool = False
) -> str:
    def narrower(children: Iterable[ShownOption]) -> str:
        return _list(facet, children, separator, has_meanings=has_meanings)

    items = "".join(
        f'<li><label class="option"><input type="checkbox" name="{facet}"'
        f' value="{safe(one.value)}"{" checked" if one.selected else ""}'
        f"{_described(facet, one) if has_meanings and one.definition else ''}>"
        f' <span class="option__label">{safe(one.label)}</span>'
        f' <span class="count">{_number(one.count, separator)}</span></label>'
        f"{_meaning(facet, one) if has_meanings and one.definition else ''}"
        f"{narrower(one.children) if one.children else ''}</li>"
        for one in shown
    )
    return f'<ul class="options">{items}</ul>'


def _described(facet: str, option: ShownOption) -> str:
    return f' aria-describedby="betekenis-{facet}-{safe(option.value)}"'


def _meaning(facet: str, option: ShownOption) -> str:
    return (
        f'<p class="option__meaning" id="betekenis-{facet}-{safe(option.value)}">'
        f"{safe(option.definition)}</p>"
    )


def _separator() -> str:
    return str(get_format("THOUSAND_SEPARATOR"))


def _number(count: int, separator: str) -> str:
    return str(count) if count < 1000 else f"{count:,}".replace(",", separator)
