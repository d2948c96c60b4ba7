"""What a search asks for in words, offered as filters: each with its number, and none chosen."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from practices.addresses import LESSONS_PAGE
from practices.indexes.conditions.lessons import kind_asked
from practices.indexes.lesson_kinds import NAME, lesson_facets
from practices.indexes.readers import lesson_reader
from practices.indexes.registers import Registers
from practices.indexes.searching import log_failure
from practices.models.terms import Vocabulary
from search.engines.base import EngineError, Reader
from search.questions.facets import Facet
from search.questions.parsing import parse_text
from search.questions.query import Query
from search.results.answers import Found, request_of
from search.results.presenter import Addresses
from search.results.understood import understood

LESSONS = Addresses(LESSONS_PAGE)
IN_TEXT = (*Vocabulary.values, "gemeente")
"""The facets whose values are named in the text of a document too."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter that the text asks for in words: following `url` gives `count` results."""

    name: str
    """A facet; of several facets together, all of them with a plus."""
    value: str
    """What is chosen of it: of several values, all of them with commas."""
    label: str
    count: int
    url: str

    def data(self) -> dict[str, object]:
        """The offer as JSON has it."""
        return asdict(self)


def offers(
    reader: Reader, found: Found, registers: Registers, addresses: Addresses
) -> tuple[Offer, ...]:
    """The filters for practices, and the lessons of the kind that the text asks for."""
    facets = registers.facets
    filters = (
        Offer(
            "+".join(name for name, _values in one.chosen),
            "+".join(",".join(values) for _name, values in one.chosen),
            " + ".join(_label(facets[name], values) for name, values in one.chosen),
            one.total,
            addresses.of(one.query),
        )
        for one in understood(reader, found, facets, registers.synonyms, IN_TEXT)
    )
    return (*filters, *_of_lessons(found.query, registers))


def _label(facet: Facet, values: Iterable[str]) -> str:
    order = {value: at for at, value in enumerate(facet.options)}
    labels = [facet.option(one).label for one in sorted(values, key=lambda one: order.get(one, 0))]
    *first, last = labels
    named = f"{', '.join(first)} {_('or')} {last}" if first else last
    return f"{facet.label}: {named}"


def _of_lessons(query: Query, registers: Registers) -> tuple[Offer, ...]:
    """The lessons of the kind that is asked for, where that finds some."""
    kind = kind_asked(query.text)
    if kind is None:
        return ()
    facets = lesson_facets(registers)
    asked = Query(kind.text, query.chosen).choosing(NAME, [kind.value])
    text = parse_text(asked.text, registers.synonyms)
    try:
        total = lesson_reader().total(request_of(asked, text, facets))
    except EngineError as error:  # The practices were found all the same.
        log_failure(error)
        return ()
    label = f"{_('Lessons')}: {facets[NAME].option(kind.value).label}"
    offer = Offer(NAME, kind.value, label, total, LESSONS.of(asked))
    return (offer,) if total else ()
