"""Terms, municipalities and synonyms as one immutable copy in each process.

A search needs all labels and may ask the database little: the copy is kept until the stamp says
that a register changed, so a request costs one small query.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.indexes.conditions.reading import Reading
from practices.indexes.former_values import FormerValues
from practices.indexes.likeness.facet import NAME as COMPARABLE
from practices.indexes.likeness.facet import LikenessFacet
from practices.indexes.likeness.ranking import Likeness
from practices.indexes.likeness.reading import read_facts
from practices.indexes.municipality_names import Called, Names
from practices.indexes.pairs import NAME as PAIR
from practices.indexes.pairs import former_pairs, pair_facet
from practices.models.municipalities import (
    URBANITY_CLASSES,
    Municipality,
    Province,
    SizeClass,
    sort_key,
)
from practices.models.practices import PracticeStatus
from practices.models.registers import RegisterStamp
from practices.models.synonyms import SynonymGroup
from practices.models.terms import FormerValue, Term, Vocabulary
from practices.selectors.retirement import ARCHIVED
from search.questions.facets import Facet, Option, YearFacet
from search.questions.text import Synonyms
from search.questions.thesaurus import with_thesaurus

EXPERTISE = Vocabulary.EXPERTISE.value
URBANITY_SLUGS = {
    1: "zeer-sterk-stedelijk",
    2: "sterk-stedelijk",
    3: "matig-stedelijk",
    4: "weinig-stedelijk",
    5: "niet-stedelijk",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a search shows of a municipality."""

    code: str
    name: str
    shown_name: str
    slug: str
    aliases: tuple[str, ...]
    province: str
    size: str
    urbanity: str


@dataclass(frozen=True, slots=True)
class Registers:
    """The copy: facets with all their options, municipalities by primary key, synonyms."""

    stamp: tuple[int, int]
    """Of the registers, and of the practices from which the likeness is computed."""
    language: str
    facets: Mapping[str, Facet]
    places: Mapping[int, Place]
    terms: Mapping[int, Term]
    synonyms: Synonyms
    former: FormerValues
    """Values of facets that are gone, with those that took their places."""
    likeness: Likeness
    """How alike municipalities are; nothing is read for it before it is asked."""
    names: Names
    """What municipalities are called."""


_copies: dict[str, Registers] = {}


def current() -> Registers:
    """The registers as they are now; one query unless they changed."""
    stamp = RegisterStamp.current()
    language = get_language() or ""
    copy = _copies.get(language)
    if copy is None or copy.stamp[0] != stamp[0]:
        copy = _copies[language] = _read(stamp, language, copy.likeness if copy else None)
    elif copy.stamp != stamp:
        copy = _copies[language] = _compared_anew(copy, stamp)
    return copy


def forget() -> None:
    """Drop the copies: for tests, whose databases go back to an old stamp."""
    _copies.clear()


def _compared_anew(copy: Registers, stamp: tuple[int, int]) -> Registers:
    """The same registers, whose municipalities are compared by the practices of now."""
    likeness = Likeness(read_facts, copy.likeness)
    facets = {
        name: replace(facet, likeness=likeness) if isinstance(facet, LikenessFacet) else facet
        for name, facet in copy.facets.items()
    }
    return replace(copy, stamp=stamp, facets=facets, likeness=likeness)


def _read(stamp: tuple[int, int], language: str, former: Likeness | None) -> Registers:
    likeness = Likeness(read_facts, former)
    terms = {term.pk: term for term in Term.objects.all()}
    municipalities = {one.pk: one for one in Municipality.objects.prefetch_related("aliases")}
    successors = _successors(municipalities)
    places = {pk: _place(one) for pk, one in municipalities.items()}
    for pk, successor in successors.items():
        places[successor] = _also_called(places[successor], places[pk])
    present = {pk: place for pk, place in places.items() if pk not in successors}
    facets = {facet.name: facet for facet in _facets(terms, present, likeness)}
    synonyms = _synonyms()
    reading = Reading(facets, present.values(), synonyms)
    synonyms = replace(synonyms, conditions=reading.conditions)
    values = _former(terms, facets)
    moved = {places[pk].slug: places[now].slug for pk, now in successors.items()}
    pairs = former_pairs(values.get(EXPERTISE, {}), facets[EXPERTISE].options)
    renamed = {**values, PAIR: pairs, "gemeente": moved, COMPARABLE: moved}
    names = Names([_called(place) for place in present.values()], moved)
    return Registers(stamp, language, facets, places, terms, synonyms, renamed, likeness, names)


def _called(place: Place) -> Called:
    official = (place.name, place.shown_name)
    return Called(place.slug, place.shown_name, official, place.aliases)


def _synonyms() -> Synonyms:
    groups: dict[str, list[list[str]]] = {kind: [] for kind in SynonymGroup.Kind.values}
    for group in SynonymGroup.objects.all():
        groups[group.kind].append(group.as_list())
    same, like = groups[SynonymGroup.Kind.SAME], groups[SynonymGroup.Kind.LIKE]
    # A synonym leads on to what is broader as well.
    return with_thesaurus(Synonyms.of(same), [*same, *like], groups[SynonymGroup.Kind.BROADER])


def _successors(municipalities: Mapping[int, Municipality]) -> dict[int, int]:
    """Those that are gone, each with the one that it is part of now."""
    gone = {pk: one.merged_into_id for pk, one in municipalities.items() if one.merged_into_id}
    found = {}
    for pk, now in gone.items():
        while now in gone:
            now = gone[now]
        found[pk] = now
    return found


def _also_called(place: Place, former: Place) -> Place:
    """A place that is found by the names of one that is part of it now."""
    names = dict.fromkeys((*place.aliases, former.name, *former.aliases))
    return replace(place, aliases=tuple(names))


def _former(terms: Mapping[int, Term], facets: Mapping[str, Facet]) -> dict[str, dict[str, str]]:
    """What values became. A value that is in use is no former one, so no circles."""
    values: dict[str, dict[str, str]] = {}
    for former in FormerValue.objects.all():
        term = terms.get(former.term_id)
        if term is None or term.vocabulary != former.vocabulary:
            continue
        if former.slug not in facets[former.vocabulary].options:
            values.setdefault(former.vocabulary, {})[former.slug] = term.slug
    return values


def _place(municipality: Municipality) -> Place:
    return Place(
        code=municipality.code,
        name=municipality.name,
        shown_name=municipality.shown_name,
        slug=municipality.slug,
        aliases=tuple(alias.name for alias in municipality.aliases.all()),
        province=Province(municipality.province).slug,
        size=municipality.size_class.value,
        urbanity=URBANITY_SLUGS.get(municipality.urbanity or 0, ""),
    )


def _facets(
    terms: Mapping[int, Term], places: Mapping[int, Place], likeness: Likeness
) -> list[Facet]:
    """All facets, in the order in which a search shows them."""
    by_vocabulary: dict[str, dict[str, Option]] = {}
    for term in terms.values():
        by_vocabulary.setdefault(term.vocabulary, {})[term.slug] = _option(term, terms)
    facets = [
        Facet(vocabulary.value, str(vocabulary.label), by_vocabulary.get(vocabulary.value, {}))
        for vocabulary in Vocabulary
    ]
    pairs = pair_facet(_("Trainer pair"), by_vocabulary.get(EXPERTISE, {}))
    of_places = _place_facets(places)
    comparable = LikenessFacet(
        COMPARABLE,
        _("Comparable with"),
        of_places[-1].options,
        by_count=True,
        show_all=True,
        likeness=likeness,
    )
    return [*facets, pairs, *of_places, comparable, _years(), _statuses()]


def _option(term: Term, terms: Mapping[int, Term]) -> Option:
    parent = terms.get(term.parent_id or 0)
    broader = parent.slug if parent and parent.vocabulary == term.vocabulary else ""
    return Option(term.slug, term.label, broader, term.definition, term.is_active)


def _place_facets(places: Mapping[int, Place]) -> list[Facet]:
    provinces = [Option(province.slug, province.label) for province in Province]
    provinces.sort(key=lambda option: option.label)
    urbanity = [Option(URBANITY_SLUGS[number], str(label)) for number, label in URBANITY_CLASSES]
    named = sorted(places.values(), key=lambda place: sort_key(place.name))
    return [
        Facet("provincie", _("Province"), {option.value: option for option in provinces}),
        Facet(
            "grootte",
            _("Size of the municipality"),
            {size.value: Option(size.value, str(size.label)) for size in SizeClass},
        ),
        Facet("stedelijkheid", _("Urbanity"), {option.value: option for option in urbanity}),
        Facet(
            "gemeente",
            _("Municipality"),
            {place.slug: Option(place.slug, place.shown_name) for place in named},
            by_count=True,
            show_all=True,
        ),
    ]


def _years() -> YearFacet:
    return YearFacet("jaar", _("Year"), show_all=True)


def _statuses() -> Facet:
    options = {status.value: Option(status.value, str(status.label)) for status in PracticeStatus}
    options[ARCHIVED] = Option(ARCHIVED, _("archived"))
    return Facet("status", _("Status"), options)
