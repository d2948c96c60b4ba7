"""Practices as they stand in a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from practices.addresses import municipality_address, practice_address
from practices.models import PracticePage
from practices.selectors.periods import period
from practices.selectors.prepared import Prepared
from practices.selectors.public import public_pages, shown_name
from practices.selectors.references import Reference, read_references


class MunicipalityRef(NamedTuple):
    """A municipality in a list: its CBS code, the name that visitors see and its address."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A practice in a list; search results have the same attributes."""

    id: int
    title: str
    url: str
    summary: str
    municipality: MunicipalityRef
    labels: Sequence[str]
    period: str
    is_fictional: bool


class CardRow(NamedTuple):
    """What a card needs of a practice, as the database gives it."""

    pk: int
    title: str
    slug: str
    summary: str
    start_year: int | None
    end_year: int | None
    is_running: bool
    is_fictional: bool
    municipality__code: str
    municipality__slug: str
    shown_municipality: str

    def card(self, references: Iterable[Reference]) -> Card:
        """The card, with the formats among the references as its labels."""
        municipality = self.municipality__slug
        return Card(
            id=self.pk,
            title=self.title,
            url=practice_address(municipality, self.slug),
            summary=self.summary,
            municipality=MunicipalityRef(
                self.municipality__code, self.shown_municipality, municipality_address(municipality)
            ),
            labels=[one.label for one in references if one.relation == "formats"],
            period=period(self.start_year, self.end_year, is_running=bool(self.is_running)),
            is_fictional=bool(self.is_fictional),
        )


def card_rows(pages: "QuerySet[PracticePage]") -> "QuerySet[PracticePage, tuple[Any, ...]]":
    """The columns of `CardRow`, in the order of `pages`."""
    return pages.annotate(shown_municipality=shown_name("municipality")).values_list(
        *CardRow._fields
    )


def practice_cards(pages: "QuerySet[PracticePage]") -> list[Card]:
    """Cards of the practices, in their order; two queries, one when there are none."""
    return _with_formats([CardRow(*row) for row in card_rows(pages)])


def public_cards(
    ids: Sequence[int], references: Mapping[int, Sequence[Reference]] | None = None
) -> dict[int, Card]:
    """Cards of those practices among the ids that are public now; two queries.

    One if their `references` were read already, the formats among them.
    """
    rows = [CardRow(*row) for row in _PUBLIC.rows(ids)] if ids else []
    if references is None:
        return {card.id: card for card in _with_formats(rows)}
    return {row.pk: row.card(references[row.pk]) for row in rows}


def _with_formats(rows: Sequence[CardRow]) -> list[Card]:
    if not rows:
        return []
    formats = read_references([row.pk for row in rows], relations=["formats"])
    return [row.card(formats[row.pk]) for row in rows]


_PUBLIC = Prepared(lambda ids: card_rows(public_pages(PracticePage).filter(pk__in=ids).order_by()))
