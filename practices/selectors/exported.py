"""What a table and a feed say of a practice: nothing that its own page does not say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from practices.addresses import absolute
from practices.models import Province
from practices.models.relations import RELATIONS
from practices.selectors.columns import PracticeColumns, public_practices
from practices.selectors.prepared import chunks
from practices.selectors.references import Reference, read_references

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""For a page that was put on the site without having been published in the admin."""


@dataclass(slots=True)
class _Row(PracticeColumns):
    first_published_at: datetime | None
    last_published_at: datetime | None
    municipality__province: str


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
    provinces = {province.value: str(province.label) for province in Province}
    for chunk in chunks(ids):
        rows = {row[0]: _Row(*row) for row in _Row.of(public_practices(chunk))}
        references = read_references(rows, relations=tuple(RELATIONS))
        yield from (
            _exported(rows[key], references[key], provinces) for key in chunk if key in rows
        )


def _exported(row: _Row, references: Sequence[Reference], provinces: Mapping[str, str]) -> Exported:
    terms: dict[str, list[str]] = {relation: [] for relation in RELATIONS}
    for reference in references:
        terms[reference.relation].append(reference.label)
    return Exported(
        id=row.pk,
        title=row.title,
        url=absolute(row.address),
        summary=row.summary,
        municipality=row.shown_municipality,
        code=row.municipality__code,
        province=provinces[row.municipality__province],
        period=row.period,
        is_fictional=row.is_fictional,
        published=row.first_published_at or LONG_AGO,
        changed=row.last_published_at or LONG_AGO,
        terms=terms,
    )
