"""Municipalities, and which are comparable with one."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from practices.addresses import absolute, municipality_address
from practices.api import lists, strict
from practices.api.addresses import address, municipality_ref
from practices.api.etags import fresh
from practices.api.schemas.others import AlikeList, Municipality, MunicipalityPage
from practices.frontend.comparable.page import MOST_OTHERS, WITHOUT
from practices.frontend.moved import moved
from practices.indexes import registers
from practices.indexes.likeness.measure import Facts, Reason
from practices.indexes.likeness.ranking import Likeness
from practices.indexes.likeness.sentences import explain, reason_labels
from practices.indexes.registers import Registers
from practices.models import Municipality as Place
from practices.selectors.counts import practices_by_municipality

router = Router(tags=[gettext_noop("Municipalities")])

Without = Literal["inwoners", "stedelijkheid", "provincie", "buurgemeente", "soort"]
"""The values of `Reason`, as the description of the API has them."""
Asked = Annotated[
    str,
    Path(
        max_length=80,
        description=gettext_noop("Code of CBS, or the name as it stands in a search."),
        examples=["GM0513", "gouda"],
    ),
]


@router.get(
    "/gemeenten",
    response=MunicipalityPage,
    operation_id="gemeenten",
    summary=gettext_noop("Municipalities, with the facts by which they are compared"),
    description=gettext_noop("All of the Netherlands, by their codes. Source of the figures: CBS."),
)
def municipalities(
    request: HttpRequest,
    response: HttpResponse,
    provincie: Annotated[
        str,
        Query(
            max_length=40,
            description=gettext_noop("Only those of this province."),
            examples=["zuid-holland"],
        ),
    ] = "",
    cursor: lists.Cursor = "",
    aantal: lists.Size = lists.PAGE_SIZE,
) -> Any:
    """A page of municipalities; five queries."""
    strict.check(request, single=("provincie", *strict.LISTED))
    known = registers.current()
    after = lists.begin(request, cursor)
    strict.refuse(strict.unknown_values(known.facets["provincie"], [provincie]))
    fresh(request, known.stamp)
    merged = known.former["gemeente"]
    # A code is the letters GM and a number.
    keys = {
        int(place.code[2:]): pk
        for pk, place in known.places.items()
        if place.slug not in merged and provincie.strip().lower() in ("", place.province)
    }
    first = after[-1] if after else -1
    following = sorted(number for number in keys if number > first)[: aantal + 1]
    numbers, following_url = lists.keyed(request, response, following, aantal)
    return lists.page(_rows([keys[number] for number in numbers], known), following_url)


@router.get(
    "/gemeenten/{gemeente}",
    response=Municipality,
    operation_id="gemeente",
    summary=gettext_noop("One municipality"),
    description=gettext_noop("A municipality that went into another leads to that other one."),
)
def municipality(request: HttpRequest, gemeente: Asked) -> Any:
    """A municipality; five queries."""
    strict.check(request)
    known = registers.current()
    pk, now = _key(gemeente, known)
    if now:
        return moved(request, address("gemeenten", now))
    fresh(request, known.stamp)
    return _rows([pk], known)[0]


@router.get(
    "/gemeenten/{gemeente}/vergelijkbaar",
    response=AlikeList,
    operation_id="vergelijkbaar",
    summary=gettext_noop("Which municipalities are comparable with one, and why"),
    description=gettext_noop(
        "The most alike first; at most twenty that share practices, and at most ten that do not."
        " There is no number for it, but sentences with the facts."
    ),
)
def comparable(
    request: HttpRequest,
    gemeente: Asked,
    zonder: Annotated[
        list[Without] | None, Query(description=gettext_noop("Reasons to leave out."))
    ] = None,
) -> Any:
    """Comparable municipalities; one query once the likeness is known, else six."""
    strict.check(request, several=(WITHOUT,))
    known = registers.current()
    pk, now = _key(gemeente, known)
    without = frozenset(map(Reason, zonder or ()))
    if now:
        query = request.META.get("QUERY_STRING", "")
        found = address("gemeenten", now, "vergelijkbaar")
        return moved(request, f"{found}?{query}" if query else found)
    fresh(request, known.stamp)
    likeness, slug = known.likeness, known.places[pk].slug
    own = likeness.facts[slug]
    shared = likeness.comparable(slug, without)
    others = (one for one in likeness.ranked(slug, without) if not one.facts.has_practices)
    return {
        "gemeente": _ref(own),
        "zonder": [reason.value for reason in reason_labels() if reason in without],
        "resultaten": [
            _alike(likeness, own, one.facts, without)
            for one in (*shared, *islice(others, MOST_OTHERS))
        ],
    }


def _alike(
    likeness: Likeness, own: Facts, one: Facts, without: frozenset[Reason]
) -> dict[str, Any]:
    why = explain(own, one, without) if without else likeness.explanation(own.slug, one.slug)
    return {
        "gemeente": _ref(one),
        "deelt_praktijken": one.has_practices,
        "redenen": why.reasons,
        "onbekend": why.unknown,
    }


def _ref(facts: Facts) -> dict[str, str]:
    return municipality_ref(facts.code, facts.slug, facts.name)


def _key(asked: str, known: Registers) -> tuple[int, str]:
    """The key of a municipality, and the code of the one that it is part of now or nothing.

    Raises `Http404`.
    """
    by_slug = {place.slug: pk for pk, place in known.places.items()}
    by_code = {place.code: pk for pk, place in known.places.items()}
    pk = by_code.get(asked.upper()) or by_slug.get(asked.lower())
    if pk is None:
        raise Http404
    now = known.former["gemeente"].get(known.places[pk].slug)
    return pk, known.places[by_slug[now]].code if now else ""


def _rows(keys: Sequence[int], known: Registers) -> list[dict[str, Any]]:
    """Municipalities in the order of their keys; four queries."""
    rows = Place.objects.prefetch_related("aliases").in_bulk(keys)
    neighbours: dict[int, list[int]] = {}
    pairs = Place.neighbours.through.objects.filter(from_municipality__in=keys)
    for key, other in pairs.values_list("from_municipality", "to_municipality"):
        neighbours.setdefault(key, []).append(other)
    counts = practices_by_municipality(keys)
    return [
        _row(rows[key], known, counts.get(key, 0), neighbours.get(key, ()))
        for key in keys
        if key in rows
    ]


def _row(row: Place, known: Registers, practices: int, neighbours: Sequence[int]) -> dict[str, Any]:
    place = known.places[row.pk]
    beside = [known.places[key] for key in neighbours if key in known.places]
    return {
        **municipality_ref(row.code, row.slug, place.shown_name),
        "ook_bekend_als": [alias.name for alias in row.aliases.all()],
        "pagina": absolute(municipality_address(row.slug)),
        "praktijken": practices,
        "praktijken_url": address("praktijken", gemeente=row.slug),
        "vergelijkbaar_url": address("gemeenten", row.code, "vergelijkbaar"),
        "provincie": _value(known, "provincie", place.province),
        "inwoners": row.inhabitants,
        "inwoners_op": row.inhabitants_on,
        "grootte": _value(known, "grootte", place.size),
        "stedelijkheid": _value(known, "stedelijkheid", place.urbanity) if place.urbanity else None,
        "x": row.x,
        "y": row.y,
        "buurgemeenten": [
            municipality_ref(one.code, one.slug, one.shown_name)
            for one in sorted(beside, key=lambda one: one.code)
        ],
    }


def _value(known: Registers, facet: str, value: str) -> dict[str, str]:
    return {"waarde": value, "naam": known.facets[facet].option(value).label}
