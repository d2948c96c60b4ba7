"""Facts about a practice or a municipality, for inside a <dl>.

A practice has thirty of them; as a template of its own each took as long as a database query.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practices.frontend.pages.terms import LinkedTerm

register = template.Library()


@register.simple_tag
def fact(label: str, known: list[LinkedTerm] | str | int | None) -> SafeString:
    """A name with what is known: terms, or a text; without either it says that it is not known."""
    if isinstance(known, list) and known:
        shown = f'<ul class="terms">{"".join(map(_term, known))}</ul>'
    elif known:
        shown = linebreaksbr(str(known), autoescape=True)
    else:
        shown = f'<span class="unknown">{escape(_("not known"))}</span>'
    return mark_safe(  # noqa: S308 (all texts are escaped)
        f'<div class="fact"><dt>{escape(label)}</dt><dd>{shown}</dd></div>'
    )


@register.inclusion_tag("practices/components/meanings.html")
def meanings(terms: Iterable[LinkedTerm], about: str) -> dict[str, object]:
    """What terms mean, to be unfolded beside them; nothing if none has a definition."""
    known = {one.label: one.definition for one in terms if one.definition}
    return {
        "known": [(label, known[label]) for label in sorted(known, key=str.casefold)],
        "about": about,
    }


def _term(term: LinkedTerm) -> str:
    label = escape(term.label)
    return f'<li><a href="{escape(term.url)}">{label}</a></li>' if term.url else f"<li>{label}</li>"
