"""Practices as they stand in a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from practices.addresses import municipality_address
from practices.models import PracticePage
from practices.selectors.columns import PracticeColumns, public_practices
from practices.selectors.prepared import Prepared
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


class CardRow(PracticeColumns):
    """What a card needs of a practice: no more than what every list shows."""

    __slots__ = ()

    def card(self, references: Iterable[Reference]) -> Card:
        """The card, with the formats among the references as its labels."""
        municipality = self.municipality__slug
        return Card(
            id=self.pk,
            title=self.title,
            url=self.address,
            summary=self.summary,
            municipality=MunicipalityRef(
                self.municipality__code, self.shown_municipality, municipality_address(municipality)
            ),
            labels=[one.label for one in references if one.relation == "formats"],
            period=self.period,
            is_fictional=bool(self.is_fictional),
        )


def practice_cards(pages: "QuerySet[PracticePage]") -> list[Card]:
    """Cards of the practices, in their order; two queries, one when there are none."""
    return _with_formats([CardRow(*row) for row in CardRow.of(pages)])


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


_PUBLIC = Prepared(lambda ids: CardRow.of(public_practices(ids)))
