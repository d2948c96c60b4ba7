"""What a table and a feed say of a practice: nothing that its own page does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from practices.addresses import absolute, practice_address
from practices.models import PracticePage, Province
from practices.models.relations import RELATIONS
from practices.selectors import Reference, public_pages, read_references
from practices.selectors.periods import period
from practices.selectors.prepared import chunks
from practices.selectors.public import shown_name

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""For a page that was put on the site without having been published in the admin."""


class _Row(NamedTuple):
    pk: int
    title: str
    slug: str
    summary: str
    start_year: int | None
    end_year: int | None
    is_running: bool
    is_fictional: bool
    first_published_at: datetime | None
    last_published_at: datetime | None
    municipality__code: str
    municipality__slug: str
    municipality__province: str
    shown_municipality: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A public practice; `terms` has the labels of each relation in `RELATIONS`."""

    id: int
    title: str
    url: str
    summary: str
    municipality: str
    code: str
    province: str
    period: str
    is_fictional: bool
    published: datetime
    changed: datetime
    terms: dict[str, list[str]]


def exported(ids: Sequence[int]) -> Iterator[Exported]:
    """Those of the practices that are public now, in the order of the ids; two queries for 500."""
    for chunk in chunks(ids):
        pages = public_pages(PracticePage).filter(pk__in=chunk).order_by()
        named = pages.annotate(shown_municipality=shown_name("municipality"))
        rows = {row[0]: _Row(*row) for row in named.values_list(*_Row._fields)}
        references = read_references(rows, relations=tuple(RELATIONS))
        yield from (_exported(rows[key], references[key]) for key in chunk if key in rows)


def _exported(row: _Row, references: Sequence[Reference]) -> Exported:
    terms: dict[str, list[str]] = {relation: [] for relation in RELATIONS}
    for reference in references:
        terms[reference.relation].append(reference.label)
    return Exported(
        id=row.pk,
        title=row.title,
        url=absolute(practice_address(row.municipality__slug, row.slug)),
        summary=row.summary,
        municipality=row.shown_municipality,
        code=row.municipality__code,
        province=str(Province(row.municipality__province).label),
        period=period(row.start_year, row.end_year, is_running=bool(row.is_running)),
        is_fictional=bool(row.is_fictional),
        published=row.first_published_at or LONG_AGO,
        changed=row.last_published_at or LONG_AGO,
        terms=terms,
    )
