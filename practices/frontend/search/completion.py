"""What a search box offers while somebody types: WegWijzers, municipalities, terms, practices.

Nothing is offered that leads to nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from itertools import islice
from operator import and_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Q, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from practices.addresses import (
    municipality_address,
    practice_address,
    search_address,
    signpost_address,
)
from practices.indexes import registers
from practices.indexes.pairs import NAME as PAIR
from practices.indexes.readers import practice_reader
from practices.indexes.registers import Place, Registers
from practices.indexes.searching import log_failure
from practices.models import PracticePage, SignpostPage
from practices.selectors import public_pages
from practices.selectors.retirement import not_archived
from search.engines.base import EngineError, Request
from search.questions.dutch import fold
from search.questions.facets import Facet, Option
from search.questions.query import clean

Counts = Mapping[str, Mapping[str, int]]
"""How many practices have each value of each facet; no zeros."""

LEAST_LETTERS = 2
LONGEST = 60
MOST_WORDS = 5
OF_EACH = 4
"""So many of a kind: a list of all kinds fits a phone."""
LOOKED_AT = 50
"""So many titles are looked at; of more, those that all may see might be left out."""
WITHOUT_NAMES = ("gemeente", "jaar", PAIR)
"""Facets whose options are no terms: municipalities have names of their own, pairs have two."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer: what it is, its name, and the address that it leads to."""

    kind: str
    label: str
    url: str


@require_safe
@cache_control(max_age=86_400, public=True)
def municipality_names(_request: HttpRequest) -> JsonResponse:
    """The names of all municipalities, which a field asks for when somebody comes to it.

    In each page they would be three quarters of what a telephone gets of its form.
    """
    return JsonResponse({"namen": [*registers.current().names.shown.values()]})


@require_safe
def complete(request: HttpRequest) -> JsonResponse:
    """The offers for `q` as JSON; none for a single letter."""
    text = " ".join(clean(request.GET.get("q", "")[: LONGEST * 4]).split())[:LONGEST]
    offers = completions(text) if len(text) >= LEAST_LETTERS else []
    return JsonResponse({"offers": [asdict(offer) for offer in offers]})


def completions(text: str) -> list[Completion]:
    """At most `OF_EACH` of each kind; only what everybody may see. Four queries at most.

    The engine is asked where a name of a municipality or a term begins so.
    """
    known, wanted = registers.current(), fold(text)
    places, terms = list(_places(known, wanted)), list(_terms(known.facets.values(), wanted))
    counts = _counts() if places or terms else {}
    return [
        *islice(_signposts(text), OF_EACH),
        *_best((_municipality(place, counts) for place in places), wanted),
        *_best((_term(*term) for term in terms if _is_found(*term, counts)), wanted),
        *_practices(text),
    ]


def _counts() -> Counts:
    """How many practices have each value; of none, where no engine can tell."""
    try:
        return practice_reader().search(Request(limit=1)).counts
    except EngineError as error:
        log_failure(error)
        return {}


def _best(offers: Iterable[Completion], wanted: str) -> list[Completion]:
    """Names that begin with what is typed come first, then shorter ones."""
    return sorted(
        offers, key=lambda one: (not fold(one.label).startswith(wanted), len(one.label), one.label)
    )[:OF_EACH]


def _has(name: str, wanted: str) -> bool:
    """Whether a word of the name begins so."""
    folded = fold(name)
    return folded.startswith(wanted) or any(
        f"{before}{wanted}" in folded for before in (" ", "-", "’", "'", "(")
    )


def _signposts(text: str) -> Iterator[Completion]:
    code = text.strip("*").replace(" ", "").upper()
    if not code.startswith("WW"):
        return
    for found, title in (
        public_pages(SignpostPage)
        .filter(code__startswith=code)
        .order_by("code")
        .values_list("code", "title")[:OF_EACH]
    ):
        yield Completion(_("WegWijzer"), f"{found} {title}", signpost_address(found))


def _places(known: Registers, wanted: str) -> Iterator[Place]:
    options = known.facets["gemeente"].options
    for place in known.places.values():
        names = (place.name, place.shown_name, *place.aliases)
        if place.slug in options and any(_has(name, wanted) for name in names):
            yield place


def _municipality(place: Place, counts: Counts) -> Completion:
    """The practices of a municipality; its page, where it shared none."""
    has_some = place.slug in counts.get("gemeente", {})
    address = search_address(gemeente=place.slug) if has_some else municipality_address(place.slug)
    return Completion(_("Municipality"), place.shown_name, address)


def _terms(facets: Iterable[Facet], wanted: str) -> Iterator[tuple[Facet, Option]]:
    for facet in facets:
        # What stands for municipalities (`on`) has no names of its own either.
        if facet.name in WITHOUT_NAMES or facet.on:
            continue
        for option in facet.options.values():
            if _has(option.label, wanted):
                yield facet, option


def _is_found(facet: Facet, option: Option, counts: Counts) -> bool:
    """Whether a practice has it."""
    return not counts.get(facet.name, {}).keys().isdisjoint(facet.indexed([option.value]))


def _term(facet: Facet, option: Option) -> Completion:
    address = search_address(**{facet.name: option.value})
    return Completion(facet.label, option.label, address)


def _practices(text: str) -> list[Completion]:
    words = text.split()[:MOST_WORDS]
    named = reduce(and_, (Q(title__icontains=word) for word in words))
    begins = Case(When(title__istartswith=text, then=Value(0)), default=Value(1))
    # Titles first, in their one table: what else must hold is then looked up for a few only.
    kind = ContentType.objects.get_for_model(PracticePage)
    titled = Page.objects.filter(named, live=True, content_type=kind)
    ids = list(titled.order_by(begins, "title", "pk").values_list("pk", flat=True)[:LOOKED_AT])
    if not ids:
        return []
    pages = not_archived(public_pages(PracticePage).filter(pk__in=ids)).order_by(begins, "title")
    rows = pages.values_list("title", "municipality__slug", "slug")[:OF_EACH]
    return [
        Completion(_("Practice"), title, practice_address(municipality, slug))
        for title, municipality, slug in rows
    ]
