"""The parameters of a search, as the description of the API has them."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from practices.indexes.lesson_kinds import NAME as KIND
from practices.indexes.likeness.facet import NAME as COMPARABLE
from practices.indexes.pairs import NAME as PAIR
from practices.indexes.practices import PLACE_FACETS
from practices.models import Vocabulary
from search.questions.query import MAX_TEXT, MAX_VALUES, NEWEST, RELEVANCE, SORT, TEXT

SORTS = [RELEVANCE, NEWEST, "jaar", "gemeente"]
EXAMPLES = {
    "vorm": "training",
    "doelgroep": "jongerenwerk",
    "provincie": "zuid-holland",
    "gemeente": "gouda",
    COMPARABLE: "gouda",
    "status": "afgerond",
}


def _facet(name: str, description: Any) -> dict[str, Any]:
    parameter = {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": {
            "type": "array",
            "items": {"type": "string"},
            "maxItems": MAX_VALUES,
        },
    }
    if name in EXAMPLES:
        parameter["example"] = [EXAMPLES[name]]
    return parameter


def _one(name: str, description: Any, **schema: Any) -> dict[str, Any]:
    schema = {"type": "string", **schema}
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": schema,
    }


def _listed(name: str) -> Any:
    text = _("Values of /api/v1/woordenlijsten/{name}; with several of them one is enough.")
    return format_lazy(text, name=name)


SEARCH: list[dict[str, Any]] = [
    _one(
        TEXT,
        _("Words that must all be found; “between quotes” as a phrase, -without."),
        maxLength=MAX_TEXT,
    ),
    *(_facet(one.value, _listed(one.value)) for one in Vocabulary),
    _facet(PAIR, _listed(PAIR)),
    *(_facet(name, _listed(name)) for name in PLACE_FACETS if name != "gemeente"),
    _facet("gemeente", _("Municipalities, by “waarde” in /api/v1/gemeenten.")),
    _facet(COMPARABLE, _("Municipalities: finds practices of those that are comparable with one.")),
    _facet("jaar", _("A year or a range in which it ran: 2009, 2008-2010, 2008- or -2010.")),
    _one("jaar_van", _("The first year of a range.")),
    _one("jaar_tot", _("The last year of a range.")),
    _facet("status", _listed("status")),
    _one(
        SORT, _("The order. With “q” it is relevance by itself, else that of the ids."), enum=SORTS
    ),
]
LESSONS: list[dict[str, Any]] = [
    _facet(KIND, _("Kinds of lessons: werkte, werkte-niet, tip.")),
    *SEARCH,
]
