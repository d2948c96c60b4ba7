"""The head and foot of every page, rendered once for each language and place in the menu."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from practices.structured_data import as_json_ld, breadcrumb_list

register = template.Library()

SECTIONS = frozenset({"praktijken", "lessen", "gemeenten", "wegwijzers", "over-wegwijzer"})
"""The first step of the addresses that have a place in the menu."""


@register.simple_tag(takes_context=True)
def site_header(context: dict[str, Any], *, own_search: bool = False) -> SafeString:
    """The head; `own_search` on pages that have a larger search box themselves."""
    request = context.get("request")
    section = request.path.split("/")[1] if request else ""
    shown = section if section in SECTIONS else ""
    return _rendered("header", get_language(), section=shown, own_search=own_search)


@register.simple_tag
def site_footer() -> SafeString:
    """The foot."""
    return _rendered("footer", get_language())


@register.simple_tag
def crumbs_data(crumbs: Sequence[tuple[str, str]], current: str, address: str) -> SafeString:
    """The way to a page for search engines, which ends at the page itself."""
    return as_json_ld(breadcrumb_list([*crumbs, (current, address)]))


@lru_cache(maxsize=64)
def _rendered(component: str, language: str | None, **variables: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", variables)
