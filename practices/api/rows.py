"""Practices as the API answers them: public now, from the database, many at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Value, When
from django.utils.timezone import localtime

from practices.addresses import absolute, contact_address, lesson_address, practice_address
from practices.api.addresses import address, municipality_ref, practice_url
from practices.indexes.registers import Registers
from practices.models import PracticePage
from practices.models.lessons import kind_value
from practices.selectors import (
    RELATIONS,
    DocumentPart,
    LinkPart,
    Parts,
    Reference,
    public_pages,
    read_parts,
    read_references,
)
from practices.selectors.periods import period
from practices.selectors.public import shown_name
from practices.selectors.references import by_relation
from practices.selectors.retirement import is_retired
from practices.selectors.rich_text import expand

Groups = Mapping[tuple[str, int], Sequence[Reference]]


class _Row(NamedTuple):
    """The columns; of the contact only whether there is one."""

    pk: int
    title: str
    slug: str
    summary: str
    start_year: int | None
    end_year: int | None
    is_running: bool
    status: str
    duration: Decimal | None
    duration_unit: str
    meetings: int | None
    group_size: int | None
    approach: str
    networks: str
    local_stakes: str
    in_action_plan: bool | None
    exploratory_study: str
    municipality_took_part: bool | None
    participants_reached: int | None
    evaluation: str
    is_fictional: bool
    first_published_at: datetime | None
    last_published_at: datetime | None
    municipality__code: str
    municipality__slug: str
    shown_municipality: str
    has_contact: str
    is_retired: bool


def practice_rows(ids: Sequence[int], known: Registers) -> list[dict[str, Any]]:
    """Those of the practices that are public now, in the order of the ids.

    Four queries for at most 500, one fewer without links in their texts.
    """
    pages = public_pages(PracticePage).filter(pk__in=ids).order_by()
    annotated = pages.annotate(
        shown_municipality=shown_name("municipality"),
        is_retired=is_retired(),
        has_contact=Case(
            When(contact_email="", then=Value("")), default=Value("yes"), output_field=CharField()
        ),
    )
    rows = {row[0]: _Row(*row) for row in annotated.values_list(*_Row._fields)}
    if not rows:
        return []
    references, parts = read_references(rows), read_parts(rows)
    shown = [rows[key] for key in ids if key in rows]
    texts = expand(*(text for row in shown for text in (row.approach, row.evaluation)))
    codes = {place.slug: place.code for place in known.places.values()}
    return [
        {
            **_practice(row),
            **_referred(row, by_relation(references[row.pk]), parts[row.pk], codes),
            **_parts(row.pk, parts[row.pk]),
            "aanpak": approach,
            "evaluatie": evaluation,
        }
        for row, approach, evaluation in zip(shown, texts[::2], texts[1::2], strict=True)
    ]


def _practice(row: _Row) -> dict[str, Any]:
    place = row.municipality__slug, row.slug
    length = {"aantal": row.duration, "eenheid": row.duration_unit}
    return {
        "id": row.pk,
        "titel": row.title,
        "samenvatting": row.summary,
        "url": practice_url(row.pk),
        "pagina": absolute(practice_address(*place)),
        "contact": absolute(contact_address(*place)) if row.has_contact else None,
        "fictief": row.is_fictional,
        "gepubliceerd": local(row.first_published_at),
        "gewijzigd": local(row.last_published_at),
        "gearchiveerd": row.is_retired,
        "gemeente": municipality_ref(
            row.municipality__code, row.municipality__slug, row.shown_municipality
        ),
        "periode": period(row.start_year, row.end_year, is_running=bool(row.is_running)),
        "beginjaar": row.start_year,
        "eindjaar": row.end_year,
        "loopt_nog": row.is_running,
        "status": row.status or None,
        "lengte": length if row.duration is not None and row.duration_unit else None,
        "bijeenkomsten": row.meetings,
        "groepsgrootte": row.group_size,
        "netwerken": row.networks,
        "lokale_situatie": row.local_stakes,
        "in_actieplan": row.in_action_plan,
        "vooronderzoek": row.exploratory_study or None,
        "gemeente_deed_mee": row.municipality_took_part,
        "deelnemers_bereikt": row.participants_reached,
    }


def _referred(row: _Row, groups: Groups, parts: Parts, codes: Mapping[str, str]) -> dict[str, Any]:
    """What it refers to; terms stand under the name of their vocabulary."""
    terms = {
        vocabulary.value: values(groups.get((relation, row.pk), ()))
        for relation, vocabulary in RELATIONS.items()
    }
    return terms | {
        "partnergemeenten": [
            municipality_ref(codes[one.slug], one.slug, one.label)
            for one in groups.get(("partner_municipalities", row.pk), ())
            if one.slug in codes
        ],
        "wegwijzers": [
            {"code": one.slug, "titel": one.label, "url": address("wegwijzers", one.slug)}
            for one in groups.get(("signposts", row.pk), ())
        ],
        "trainers": [
            {
                "expertise": values(groups.get(("expertises", one.id), ())),
                "aanbieder": next(iter(values(groups.get(("providers", one.id), ()))), None),
                "organisatie": one.organisation,
                "inbreng": one.brought,
            }
            for one in parts.trainers
        ],
        "leerdoelen": [
            {"leerdoel": goal, "meting": one.measure, "bereikt": one.reached or None}
            for one in parts.outcomes
            for goal in values(groups.get(("goals", one.id), ()))
        ],
    }


def _parts(key: int, parts: Parts) -> dict[str, Any]:
    return {
        "lessen": [
            {
                "id": f"{key}-{one.key}",
                "les": kind_value(one.kind),
                "tekst": one.text,
                "pagina": absolute(lesson_address(key, one.key)),
            }
            for one in parts.lessons
        ],
        "documenten": documents(parts.documents),
        "links": links(parts.links),
    }


def values(references: Sequence[Reference]) -> list[dict[str, str]]:
    """Terms as values."""
    return [{"waarde": one.slug, "naam": one.label} for one in references]


def documents(parts: Sequence[DocumentPart]) -> list[dict[str, Any]]:
    """Documents with their whole addresses."""
    return [
        {
            "titel": one.title,
            "url": absolute(one.url),
            "soort": one.extension,
            "bytes": one.size or None,
        }
        for one in parts
    ]


def links(parts: Sequence[LinkPart]) -> list[dict[str, str]]:
    """Links to other sites."""
    return [{"titel": one.title, "url": one.url} for one in parts]


def local(moment: datetime | None) -> datetime | None:
    """A moment in the zone of the site."""
    return localtime(moment) if moment else None
