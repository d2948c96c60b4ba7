"""Options of a facet as checkboxes.

A search page has more than 150 of them. Written by the template engine they take most of the time
of the whole page, so they are written here.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe

from search.presenter import ShownOption

register = template.Library()


@register.simple_tag
def options(facet: str, shown: Iterable[ShownOption]) -> SafeString:
    """A list of checkboxes with counts; narrower options stand below broader ones."""
    separator = str(get_format("THOUSAND_SEPARATOR"))
    return mark_safe(_list(escape(facet), shown, separator))  # noqa: S308 (all texts are escaped)


def _list(facet: str, shown: Iterable[ShownOption], separator: str) -> str:
    items = "".join(
        f'<li><label class="option"><input type="checkbox" name="{facet}"'
        f' value="{escape(one.value)}"{" checked" if one.selected else ""}>'
        f' <span class="option__label">{escape(one.label)}</span>'
        f' <span class="count">{_number(one.count, separator)}</span></label>'
        f"{_list(facet, one.children, separator) if one.children else ''}</li>"
        for one in shown
    )
    return f'<ul class="options">{items}</ul>'


def _number(count: int, separator: str) -> str:
    return str(count) if count < 1000 else f"{count:,}".replace(",", separator)
