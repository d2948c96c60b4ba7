"""Practices as items of a list.

A page has up to twenty, in which the template engine would look up three hundred values; written
here they take a tenth of the time.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from practices.presenters.search import Result
from practices.selectors import Card

register = template.Library()


@register.simple_tag
def cards(shown: Iterable[Card], *, place: bool = True) -> SafeString:
    """Cards, or search results with marked words; `place=False` leaves out the municipality."""
    fictional = escape(_("fictional"))
    found = (_card(card, _about(card, fictional, has_place=place)) for card in shown)
    return mark_safe("".join(found))  # noqa: S308 (all texts are escaped)


def _card(card: Card, about: Iterable[str]) -> str:
    title, summary, passage = _texts(card)
    return (
        '<li class="card">'
        f'<h3 class="card__title"><a href="{escape(card.url)}">{title}</a></h3>'
        f'<p class="card__meta">{" ".join(about)}</p>'
        f"{_paragraph('summary', summary)}{_paragraph('passage', passage)}{_alike(card)}</li>"
    )


def _alike(card: Card) -> str:
    """Why the municipality is comparable with those that the visitor named."""
    shown = card.alike if isinstance(card, Result) else ()
    return "".join(
        _paragraph("alike", f"<strong>{escape(one.heading)}</strong> {escape(one.text)}")
        for one in shown
    )


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
