"""Practices as they stand in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from practices.addresses import municipality_address, practice_address
from practices.models import PracticePage
from practices.periods import period
from practices.selectors.public import shown_name
from practices.selectors.references import read_references


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


def practice_rows(pages: "QuerySet[PracticePage]") -> list[dict[str, Any]]:
    """What cards need of practices, in the order of `pages`; one query."""
    fields = (
        *("pk", "title", "slug", "summary", "start_year", "end_year", "is_running"),
        *("is_fictional", "municipality__code", "municipality__slug"),
    )
    rows = pages.annotate(shown_municipality=shown_name("municipality"))
    return list(rows.values(*fields, "shown_municipality"))


def practice_card(row: dict[str, Any], labels: Sequence[str]) -> Card:
    """A card from a row and the labels of its formats."""
    municipality = row["municipality__slug"]
    return Card(
        id=row["pk"],
        title=row["title"],
        url=practice_address(municipality, row["slug"]),
        summary=row["summary"],
        municipality=MunicipalityRef(
            row["municipality__code"], row["shown_municipality"], municipality_address(municipality)
        ),
        labels=labels,
        period=period(row["start_year"], row["end_year"], is_running=row["is_running"]),
        is_fictional=row["is_fictional"],
    )


def practice_cards(pages: "QuerySet[PracticePage]") -> list[Card]:
    """Cards of the practices, in their order; two queries, one when there are none."""
    rows = practice_rows(pages)
    if not rows:
        return []
    formats = read_references([row["pk"] for row in rows], relations=["formats"])
    return [practice_card(row, [one.label for one in formats[row["pk"]]]) for row in rows]
