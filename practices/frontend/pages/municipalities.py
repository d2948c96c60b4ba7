"""The list of municipalities and the page of one, made ready to show."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import number_format

from practices.addresses import comparable_address, municipality_address, search_address
from practices.frontend.pages import crumbs
from practices.frontend.pages.overview import facets_of_all
from practices.indexes import registers
from practices.models import Municipality, MunicipalityPage, PracticePage
from practices.models.municipalities import EVERYDAY, sort_key
from practices.selectors import Card, practice_cards, public_pages
from practices.selectors.counts import practices_by_municipality
from practices.selectors.public import shown_name
from practices.selectors.retirement import not_archived
from practices.selectors.shared import shared_practices

SHOWN = 20
ALIKE = 3
"""So many comparable municipalities show what they did."""


class Entry(NamedTuple):
    """A municipality in a list, with its number of public practices."""

    name: str
    url: str
    practices: int


class Letter(NamedTuple):
    """The municipalities under one letter."""

    letter: str
    entries: list[Entry]


@dataclass(frozen=True)
class MunicipalityList:
    """All municipalities: those that take part by letter, and the others."""

    letters: Sequence[Letter]
    total: int
    others: Sequence[Entry]
    crumbs: Sequence[crumbs.Crumb]


@dataclass(frozen=True)
class MunicipalityView:
    """What the page of a municipality shows."""

    facts: Municipality
    name: str
    aliases: Sequence[str]
    merged: Sequence[str]
    """Names of the municipalities that went into this one."""
    inhabitants: str
    urbanity: str
    practices: Sequence[Card]
    total: int
    search_url: str
    comparable_url: str
    alike: Sequence[Card]
    """The newest practice of each of the municipalities most like it."""
    neighbours: Sequence[Entry]
    crumbs: Sequence[crumbs.Crumb]


def municipality_list(*, has_search: bool = True) -> MunicipalityList:
    """The list; few queries, however many there are. Without search nothing is asked of it.

    A municipality stands under the letter that people look for: Den Haag under the D too.
    """
    counts = _counts() if has_search else _counts_of_database()
    pages = public_pages(MunicipalityPage).annotate(shown=shown_name("municipality"))
    rows = pages.values_list("municipality__slug", "shown")
    entries = [
        (sort_key(name), Entry(name, municipality_address(slug), counts.get(slug, 0)))
        for slug, shown in rows
        for name in _names(shown)
    ]
    entries.sort(key=lambda pair: pair[0])
    letters = [
        Letter(letter.upper(), [entry for _key, entry in group])
        for letter, group in groupby(entries, key=lambda pair: pair[0][:1])
    ]
    return MunicipalityList(letters, len(rows), _others({slug for slug, _ in rows}), crumbs.home())


def _others(taking_part: Set[str]) -> list[Entry]:
    """The municipalities of now that have no public page."""
    known = registers.current()
    entries = [
        Entry(place.shown_name, municipality_address(place.slug), 0)
        for place in known.places.values()
        if place.slug not in taking_part and place.slug not in known.former["gemeente"]
    ]
    return sorted(entries, key=lambda one: sort_key(one.name))


def municipality_view(facts: Municipality) -> MunicipalityView:
    """One municipality: its facts and newest practices, and what those like it and near it did.

    It may have no page of its own yet.
    """
    shown = facts.shown_name
    pages = not_archived(public_pages(PracticePage)).filter(municipality=facts)
    newest = pages.order_by("-first_published_at", "-pk")[:SHOWN]
    return MunicipalityView(
        facts=facts,
        name=shown,
        aliases=[
            one.name for one in facts.aliases.all() if _letters(one.name) not in _letters(shown)
        ],
        merged=list(facts.merged.values_list("name", flat=True)),
        inhabitants=number_format(facts.inhabitants, force_grouping=True),
        urbanity=facts.get_urbanity_display() if facts.urbanity else "",
        practices=practice_cards(newest),
        total=pages.count(),
        search_url=search_address(gemeente=facts.slug),
        comparable_url=comparable_address(facts.slug),
        alike=_newest_of_alike(facts),
        neighbours=_neighbours(facts),
        crumbs=crumbs.municipalities(),
    )


def _newest_of_alike(facts: Municipality) -> list[Card]:
    """What the municipalities most like it did last; five queries at most."""
    alike = registers.current().likeness.comparable(facts.slug)[:ALIKE]
    codes = [one.facts.code for one in alike]
    shared = shared_practices(codes, each=1) if codes else {}
    return [card for code in codes if code in shared for card in shared[code].practices]


def _neighbours(facts: Municipality) -> list[Entry]:
    """The neighbours with public practices; two queries."""
    pages = public_pages(MunicipalityPage).filter(municipality__in=facts.neighbours.all())
    rows = pages.annotate(shown=shown_name("municipality")).values_list(
        "municipality", "municipality__slug", "shown"
    )
    counts = practices_by_municipality(row[0] for row in rows)
    entries = [
        Entry(name, municipality_address(slug), counts.get(pk, 0)) for pk, slug, name in rows
    ]
    return sorted((one for one in entries if one.practices), key=lambda one: sort_key(one.name))


def _counts() -> dict[str, int]:
    """The number of practices by the municipality's slug: the index knows it quicker."""
    if facet := facets_of_all(("gemeente",)).get("gemeente"):
        return {option.value: option.count for option in facet.options}
    return _counts_of_database()


def _counts_of_database() -> dict[str, int]:
    slugs = dict(Municipality.objects.values_list("pk", "slug"))
    return {slugs[pk]: count for pk, count in practices_by_municipality().items()}


def _names(shown: str) -> list[str]:
    """The names under which a municipality stands in the list."""
    official, _bracket, everyday = shown.partition(f" ({EVERYDAY}")
    return [shown, f"{EVERYDAY}{everyday.rstrip(')')} ({official})"] if everyday else [shown]


def _letters(name: str) -> str:
    """The letters only: 's Gravenhage is not worth telling beside 's-Gravenhage."""
    return "".join(filter(str.isalpha, name.casefold()))
