"""The dots of the map of a search.

There are 342, of which the template engine makes three times the work of the whole search page.
"""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from practices.frontend.search.map import Dot

register = template.Library()


@register.simple_tag
def dots(shown: Iterable[Dot]) -> SafeString:
    """All dots as SVG; those with practices are links."""
    return mark_safe("".join(map(_dot, shown)))  # noqa: S308 (all texts are escaped)


@register.inclusion_tag("practices/frontend/search/landscape.html")
def landscape(shown: Iterable[Dot]) -> dict[str, object]:
    """All dots as a picture to look at: a line of no length for each, one path for each size."""
    ordered = sorted(shown, key=lambda dot: dot.radius)
    paths = []
    for radius, group in groupby(ordered, key=lambda dot: dot.radius):
        kind = "filled" if (dots := list(group))[0].practices else "empty"
        lines = "".join(f"M{dot.x} {dot.y}h0" for dot in dots)
        paths.append((kind, 2 * radius, lines))
    return {"paths": paths}


def _dot(dot: Dot) -> str:
    name = escape(dot.name)
    place = f'cx="{dot.x}" cy="{dot.y}" r="{dot.radius}"'
    title = f"<title>{name}: {dot.practices}</title>"
    if not dot.practices:
        return f'<circle class="map__empty" {place}>{title}</circle>'
    label = ngettext(
        "%(name)s: %(count)s practice", "%(name)s: %(count)s practices", dot.practices
    ) % {"name": name, "count": dot.practices}
    chosen = " map__dot--chosen" if dot.is_chosen else ""
    return (
        f'<a href="{escape(dot.url)}" aria-label="{label}">'
        f'<circle class="map__dot{chosen}" {place}>{title}</circle></a>'
    )
