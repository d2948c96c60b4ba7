"""The head and foot of every page, rendered once for each language and place in the menu."""

from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from textwrap import shorten
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from practices.frontend.pages.structured_data import as_json_ld, breadcrumb_list

register = template.Library()

SECTIONS = frozenset({"praktijken", "lessen", "gemeenten", "wegwijzers", "over-wegwijzer"})
"""The first step of the addresses that have a place in the menu."""
SHORTEST, LONGEST = 50, 200
"""Characters of what a page tells of itself: less says little, more is cut off in lists."""


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


@register.simple_tag(takes_context=True)
def again(context: Any, block: str) -> SafeString:
    """What stood in a block of the page before, for a second place."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(block).render(context)


@register.simple_tag
def described(*texts: str) -> str:
    """What a page tells of itself in a list: the first text, and the next ones while that is short.

    Texts may be HTML; what comes out is plain, at most `LONGEST` characters, cut at a word.
    """
    told = ""
    for text in texts:
        plain = unescape(strip_tags(text.replace("<", " <")))
        told = " ".join(f"{told} {plain}".split())
        if len(told) >= SHORTEST:
            break
    return shorten(told, LONGEST, placeholder=" …")


@register.simple_tag
def crumbs_data(crumbs: Sequence[tuple[str, str]], current: str, address: str) -> SafeString:
    """The way to a page for search engines, which ends at the page itself."""
    return as_json_ld(breadcrumb_list([*crumbs, (current, address)]))


@lru_cache(maxsize=64)
def _rendered(component: str, language: str | None, **variables: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", variables)
