"""The names of all municipalities, as a field offers them."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=8)
def name_options(names: tuple[str, ...]) -> SafeString:
    """The options of a list for a text field; written once, as each page has hundreds."""
    found = "".join(f'<option value="{escape(name)}">' for name in names)
    return mark_safe(found)  # noqa: S308 (all names are escaped)
