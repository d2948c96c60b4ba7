"""Practices as items of a list.

A page has up to twenty, in which the template engine would look up three hundred values; written
here they take a tenth of the time.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practices.frontend.comparison.asked import PARAMETER
from practices.frontend.search.pair_stories import Story
from practices.frontend.search.results import Result
from practices.models import PracticePage
from practices.selectors import Card

register = template.Library()


@register.simple_tag
def cards(
    shown: Iterable[Card],
    *,
    place: bool = True,
    form: str = "",
    chosen: Iterable[PracticePage] = (),
) -> SafeString:
    """Cards, or search results with marked words; `place=False` leaves out the municipality.

    With the id of a `form` each has a checkbox of that form, to compare it; `chosen` are checked.
    """
    fictional = escape(_("fictional"))
    checked = {page.pk for page in chosen}
    found = (
        _card(
            card,
            _about(card, fictional, has_place=place),
            _choice(card, form, is_checked=card.id in checked) if form else "",
        )
        for card in shown
    )
    return mark_safe("".join(found))  # noqa: S308 (all texts are escaped)


def _card(card: Card, about: Iterable[str], choice: str) -> str:
    title, summary, passage = _texts(card)
    return (
        '<li class="card">'
        f'<h3 class="card__title"><a href="{escape(card.url)}">{title}</a></h3>'
        f'<p class="card__meta">{" ".join(about)}</p>'
        f"{_paragraph('summary', summary)}{_paragraph('passage', passage)}"
        f"{_missing(card)}{_alike(card)}{_story(card)}{choice}</li>"
    )


def _choice(card: Card, form: str, *, is_checked: bool) -> str:
    label = escape(_("Compare"))
    return (
        '<p class="card__choice"><label>'
        f'<input type="checkbox" name="{PARAMETER}" value="{card.id}" form="{escape(form)}"'
        f"{' checked' if is_checked else ''}> {label}"
        f'<span class="visually-hidden">: {escape(card.title)}</span></label></p>'
    )


def _missing(card: Card) -> str:
    """The words of the search that the practice lacks."""
    if not isinstance(card, Result) or not card.missing:
        return ""
    words = ", ".join(card.missing)
    return _paragraph("missing", escape(_("Without: %(words)s") % {"words": words}))


def _alike(card: Card) -> str:
    """Why the municipality is comparable with those that the visitor named."""
    shown = card.alike if isinstance(card, Result) else ()
    return "".join(
        _paragraph("alike", f"<strong>{escape(one.heading)}</strong> {escape(one.text)}")
        for one in shown
    )


def _story(card: Card) -> str:
    """What the pairs of trainers that the visitor chose brought, and what was reached."""
    if not isinstance(card, Result) or card.story is None:
        return ""
    return "".join(_pair_lines(card.story))


def _pair_lines(story: Story) -> Iterator[str]:
    nothing = escape(_("not written down"))
    for pair in story.pairs:
        what = _("What %(pair)s brought:") % {"pair": pair.label}
        label = f"<strong>{escape(what)}</strong>"
        if not pair.brought:
            yield _paragraph("alike", f"{label} {nothing}")
            continue
        lines = "".join(
            f"<li>{escape(one.expertise)}: {escape(one.short)}</li>" for one in pair.brought
        )
        yield f'<div class="card__alike"><p>{label}</p><ul>{lines}</ul></div>'
    goals = "; ".join(f"{goal.label} ({goal.reached_label})" for goal in story.goals)
    label = escape(_("Learning goals, reached or not:"))
    yield _paragraph("alike", f"<strong>{label}</strong> {escape(goals or _('not known'))}")


def _texts(card: Card) -> tuple[str, str, str]:
    """Title, summary and the passage that was found, as safe HTML."""
    if isinstance(card, Result):
        return card.title_html, card.summary_html, card.passage or ""
    return escape(card.title), escape(card.summary), ""


def _paragraph(name: str, html: str) -> str:
    return f'<p class="card__{name}">{html}</p>' if html else ""


def _about(card: Card, fictional: str, *, has_place: bool) -> Iterator[str]:
    """What stands under the title: where, when and what."""
    if card.is_fictional:
        yield f'<strong class="badge badge--warning">{fictional}</strong>'
    if has_place:
        yield f'<a href="{escape(card.municipality.url)}">{escape(card.municipality.name)}</a>'
    if card.period:
        yield f"<span>{escape(card.period)}</span>"
    for label in card.labels:
        yield f'<span class="badge">{escape(label)}</span>'
