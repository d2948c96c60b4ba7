"""Practices as the API answers them: public now, from the database, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.utils.timezone import localtime

from practices.addresses import absolute, contact_address, lesson_address
from practices.api.addresses import address, municipality_ref, practice_url
from practices.indexes.registers import Registers
from practices.models.lessons import kind_value
from practices.selectors import (
    RELATIONS,
    DocumentPart,
    LinkPart,
    Parts,
    Reference,
    read_parts,
    read_references,
)
from practices.selectors.columns import PracticeColumns, public_practices
from practices.selectors.references import by_relation
from practices.selectors.retirement import is_retired
from practices.selectors.rich_text import expand

Groups = Mapping[tuple[str, int], Sequence[Reference]]


@dataclass(slots=True)
class _Row(PracticeColumns):
    """What a program reads too; of the contact only whether there is one."""

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
    first_published_at: datetime | None
    last_published_at: datetime | None
    has_contact: str
    is_retired: bool


def practice_rows(ids: Sequence[int], known: Registers) -> list[dict[str, Any]]:
    """Those of the practices that are public now, in the order of the ids.

    Four queries for at most 500, one fewer without links in their texts.
    """
    pages = public_practices(ids).annotate(
        is_retired=is_retired(),
        has_contact=Case(
            When(contact_email="", then=Value("")), default=Value("yes"), output_field=CharField()
        ),
    )
    rows = {row[0]: _Row(*row) for row in _Row.of(pages)}
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
    contact = contact_address(row.municipality__slug, row.slug)
    length = {"aantal": row.duration, "eenheid": row.duration_unit}
    return {
        "id": row.pk,
        "titel": row.title,
        "samenvatting": row.summary,
        "url": practice_url(row.pk),
        "pagina": absolute(row.address),
        "contact": absolute(contact) if row.has_contact else None,
        "fictief": row.is_fictional,
        "gepubliceerd": local(row.first_published_at),
        "gewijzigd": local(row.last_published_at),
        "gearchiveerd": row.is_retired,
        "gemeente": municipality_ref(
            row.municipality__code, row.municipality__slug, row.shown_municipality
        ),
        "periode": row.period,
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
