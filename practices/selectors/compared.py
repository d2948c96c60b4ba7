"""Practices to compare: all that everybody may see of a few."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from practices.models import Municipality, PracticePage
from practices.selectors.columns import public_practices
from practices.selectors.prepared import Prepared
from practices.selectors.public import shown_name
from practices.selectors.retirement import is_retired

_FIELDS = (
    *("id", "title", "slug", "summary", "start_year", "end_year", "is_running", "status"),
    *("duration", "duration_unit", "meetings", "group_size", "networks", "local_stakes"),
    *("in_action_plan", "exploratory_study", "municipality_took_part", "participants_reached"),
    *("is_fictional", "live", "municipality_id"),
)
_OF_PLACE = ("id", "name", "slug", "province", "inhabitants", "urbanity")
AnyModel = TypeVar("AnyModel", bound=Model)


def compared_pages(ids: Sequence[int]) -> list[PracticePage]:
    """Those of the practices that are public, in the order of the ids; one query, if any.

    Each has its municipality, `shown_municipality` and `is_retired`, and lacks its long texts and
    whom to ask.
    """
    pages = {page.pk: page for page in map(_page, _ROWS.rows(ids))} if ids else {}
    return [pages[key] for key in ids if key in pages]


def _page(row: tuple[Any, ...]) -> PracticePage:
    values = dict(zip(_FIELDS, row, strict=False))
    if values["duration"] is not None:
        # SQLite keeps a decimal number as a broken one.
        values["duration"] = Decimal(str(values["duration"]))
    page = _loaded(PracticePage, {**values, "page_ptr_id": values["id"]})
    place = row[len(_FIELDS) : -2]
    page.municipality = _loaded(Municipality, dict(zip(_OF_PLACE, place, strict=True)))
    page.shown_municipality, page.is_retired = row[-2], bool(row[-1])
    return page


def _loaded(model: type[AnyModel], values: Mapping[str, Any]) -> AnyModel:
    """An object as the database gives it, with the other columns left out."""
    known = [one.attname for one in model._meta.concrete_fields if one.attname in values]
    return model.from_db(None, known, [values[name] for name in known])


def _rows(ids: list[int]) -> Any:
    return (
        public_practices(ids)
        .annotate(shown_municipality=shown_name("municipality"), retired=is_retired())
        .values_list(
            *_FIELDS,
            *(f"municipality__{name}" for name in _OF_PLACE),
            "shown_municipality",
            "retired",
        )
    )


_ROWS = Prepared(_rows)
