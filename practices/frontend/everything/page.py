"""What a text finds on the whole site, by kind, each with its number and the way on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from practices.addresses import (
    LESSONS_PAGE,
    SEARCH,
    municipality_address,
    search_address,
    signpost_address,
)
from practices.indexes.lesson_kinds import lesson_facets
from practices.indexes.readers import lesson_reader, practice_reader
from practices.indexes.registers import Registers
from practices.models import MunicipalityPage, PracticePage, SignpostPage, Vocabulary
from practices.models.municipalities import sort_key
from practices.selectors import public_cards, public_pages
from practices.selectors.lessons import public_lessons
from search.questions.dutch import fold
from search.questions.parsing import parse_text
from search.questions.query import Query
from search.results import answers
from search.results.answers import Found
from search.results.presenter import Addresses

OF_EACH = 5
"""So many of a kind are shown."""
OURS = (PracticePage, MunicipalityPage, SignpostPage)
LEAST_LETTERS = 3
"""Of a name that is not whole."""
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: str
    url: str
    about: str = ""
    missing: Sequence[str] = ()
    """The words of the text that it lacks."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    key: str
    label: str
    total: int
    hits: Sequence[Hit]
    more_url: str = ""
    """Where all of them are; empty where these are all."""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Everything:
    """What a text finds, by kind; kinds without anything are left out."""

    text: str
    groups: Sequence[Group]
    practices: Found

    @property
    def total(self) -> int:
        """How much was found of all kinds together."""
        return sum(group.total for group in self.groups)


def everything(text: str, known: Registers, request: HttpRequest) -> Everything:
    """What a text finds; raises `EngineError`. Some ten queries, however much there is."""
    query = Query(text)
    practices = answers.run(practice_reader(), query, known.facets, known.synonyms)
    groups = (
        _practices(practices), _lessons(query, known), _municipalities(text, known),
        _terms(text, known), _signposts(text), _pages(text, request),
    )  # fmt: skip
    return Everything(text, [group for group in groups if group.total], practices)


def _practices(found: Found) -> Group:
    answer, cards = found.answer, public_cards(found.answer.ids[:OF_EACH])
    missing = answer.near.missing if answer.near else {}
    hits = [
        Hit(card.title, card.url, f"{card.municipality.name}. {card.summary}", missing.get(key, ()))
        for key, card in ((key, cards[key]) for key in answer.ids if key in cards)
    ]
    total, more = answer.total, Addresses(SEARCH).of(found.query)
    return Group("praktijken", _("Practices"), total, hits, more, _("All practices, with filters"))


def _lessons(query: Query, known: Registers) -> Group:
    answer = answers.run(lesson_reader(), query, lesson_facets(known), known.synonyms).answer
    total, ids = answer.total, answer.ids[:OF_EACH]
    lessons = public_lessons(ids)
    hits = [
        Hit(lesson.text, lesson.url, f"{lesson.kind_label} – {lesson.municipality.name}")
        for lesson in (lessons[key] for key in ids if key in lessons)
    ]
    more = Addresses(LESSONS_PAGE).of(query)
    return Group("lessen", _("Lessons"), total, hits, more, _("All lessons, with filters"))


def _municipalities(text: str, known: Registers) -> Group:
    """Those that the text names, and those whose name begins so."""
    named, wanted = _asked_for(text, known), fold(text)
    places = [
        place
        for place in known.places.values()
        if place.slug not in known.former["gemeente"]
        and (
            ("gemeente", place.slug) in named
            or any(_begins(name, wanted) for name in (place.name, *place.aliases))
        )
    ]
    places.sort(key=lambda place: (("gemeente", place.slug) not in named, sort_key(place.name)))
    hits = [Hit(place.shown_name, municipality_address(place.slug)) for place in places]
    return _group("gemeenten", _("Municipalities"), hits, "/gemeenten/", _("All municipalities"))


def _terms(text: str, known: Registers) -> Group:
    """The terms that the text names or begins, each with what it means and its practices."""
    named, wanted = _asked_for(text, known), fold(text)
    hits = [
        Hit(
            option.label,
            search_address(**{vocabulary.value: option.value}),
            " – ".join(filter(None, (str(vocabulary.label), option.definition))),
        )
        for vocabulary in Vocabulary
        for option in known.facets[vocabulary.value].options.values()
        if option.is_active
        and ((vocabulary.value, option.value) in named or _begins(option.label, wanted))
    ]
    return _group("begrippen", _("Words of the field"), hits)


def _signposts(text: str) -> Group:
    rows = (
        public_pages(SignpostPage)
        .filter(_with_words(text, "title", "code", "introduction"))
        .order_by("title")
        .values_list("code", "title")
    )
    hits = [Hit(f"{code} {title}", signpost_address(code)) for code, title in rows]
    more = _("All WegWijzers")
    return _group("wegwijzers", "WegWijzers", hits, "/wegwijzers/", more)


def _pages(text: str, request: HttpRequest) -> Group:
    """Pages of the site that are none of ours: what is told about it."""
    rows = (
        public_pages(Page)
        .exclude(content_type__in=ContentType.objects.get_for_models(*OURS).values())
        .filter(_with_words(text, "title", "search_description"), depth__gt=1)
        .order_by("title")
    )
    hits = [Hit(page.title, url) for page in rows if (url := page.get_url(request))]
    return _group("paginas", _("Pages"), hits)


def _group(
    key: str, label: str, hits: Sequence[Hit], more_url: str = "", more_label: str = ""
) -> Group:
    is_more = len(hits) > OF_EACH
    return Group(
        key, label, len(hits), hits if not is_more or not more_url else hits[:OF_EACH],
        more_url if is_more else "", more_label,
    )  # fmt: skip


def _asked_for(text: str, known: Registers) -> set[tuple[str, str]]:
    """The values of facets that a text asks for in words."""
    return {
        (one.chosen.facet, value)
        for one in known.synonyms.conditions(text)
        if one.chosen
        for value in one.values
    }


def _begins(name: str, wanted: str) -> bool:
    return len(wanted) >= LEAST_LETTERS and fold(name).lstrip("'’").startswith(wanted)


def _with_words(text: str, *fields: str) -> Q:
    """All words of content of a text, each in any of the fields; nothing for a text without."""
    words = parse_text(text).words[:MOST_WORDS]
    if not words:
        return Q(pk__in=())
    each = (reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields)) for word in words)
    return reduce(and_, each)
