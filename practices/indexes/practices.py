"""A practice as a document of the search index."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import strip_tags

from practices.indexes.pairs import NAME as PAIR
from practices.indexes.pairs import pairs_among
from practices.indexes.registers import Place, Registers, current
from practices.models import PracticePage, Vocabulary
from practices.models.relations import OF_PARTS, RELATIONS
from practices.selectors import Parts, Reference, public_pages, read_parts, read_references
from practices.selectors.retirement import ARCHIVED, is_retired
from search.documents import Document, Index, register
from search.questions.dutch import fold
from search.questions.facets import Facet

WEIGHTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
ORDERS = {"nieuwste": True, "jaar": True, "gemeente": False}
COUNTED = {**RELATIONS, "expertises": OF_PARTS["expertises"], "goals": OF_PARTS["goals"]}
"""The relations that are facets, each with its vocabulary."""
PLACE_FACETS = ("provincie", "grootte", "stedelijkheid", "gemeente")
UNKNOWN = "onbekend"
"""The value of the facet `status` where none was given: no option, but findable by default."""
FACETS = (*(vocabulary.value for vocabulary in Vocabulary), PAIR, *PLACE_FACETS, "jaar", "status")

_BREAK = re.compile(r"</(?:p|li|h\d)>|<br/?>", re.IGNORECASE)
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Row(NamedTuple):
    """The columns of a practice that a document needs."""

    pk: int
    title: str
    summary: str
    approach: str
    networks: str
    local_stakes: str
    evaluation: str
    start_year: int | None
    end_year: int | None
    is_running: bool
    status: str
    first_published_at: Any
    municipality: int
    is_retired: bool


def load(ids: Sequence[int]) -> Iterator[Document]:
    """The practices of these ids that everybody may see, as documents; three queries for 500."""
    fields = [*Row._fields]
    pages = _visible().filter(pk__in=ids).annotate(is_retired=is_retired())
    rows = [Row(*row) for row in pages.values_list(*fields)]
    registers = current()
    keys = [row.pk for row in rows]
    references, parts = read_references(keys), read_parts(keys)
    for row in rows:
        yield _document(row, references[row.pk], parts[row.pk], registers)


def visible_ids() -> Iterable[int]:
    """The ids of all practices that everybody may see."""
    return _visible().order_by("pk").values_list("pk", flat=True).iterator()


def _visible() -> "QuerySet[PracticePage]":
    return public_pages(PracticePage)


PRACTICES = register(
    Index(
        name="practices",
        weights=WEIGHTS,
        facets=FACETS,
        orders=ORDERS,
        load=load,
        ids=visible_ids,
        schema="3",
        meanings=(("title", "summary"), ("title", "summary", "body")),
        subjects=tuple(Vocabulary.values),
    )
)


def _document(
    row: Row, references: Sequence[Reference], parts: Parts, registers: Registers
) -> Document:
    place = registers.places[row.municipality]
    passages = list(_passages(row, parts))
    names = [place.name, *place.aliases]
    labels = [reference.label for reference in references if reference.relation != "signposts"]
    facets = _term_values(references, registers.facets) | {
        PAIR: _pairs(references, registers.facets),
        "provincie": [place.province],
        "grootte": [place.size],
        "stedelijkheid": [place.urbanity] if place.urbanity else [],
        "gemeente": [place.slug],
        "jaar": [str(year) for year in years(row.start_year, row.end_year, row.is_running)],
        "status": [ARCHIVED if row.is_retired else row.status or UNKNOWN],
    }
    organisations = [trainer.organisation for trainer in parts.trainers if trainer.organisation]
    return Document(
        id=row.pk,
        text={
            "title": [row.title],
            "summary": [row.summary],
            "body": [*passages, *organisations, *names, *labels],
        },
        facets=facets,
        sort=_sort(row, place),
        passages=passages,
    )


def _passages(row: Row, parts: Parts) -> Iterator[str]:
    """What may be shown as the passage that was found: the texts that the official wrote."""
    for text in (row.approach, row.evaluation):
        yield from paragraphs(text)
    yield from (lesson.text for lesson in parts.lessons)
    yield from (trainer.brought for trainer in parts.trainers if trainer.brought)
    yield from (text for text in (row.networks, row.local_stakes) if text)
    yield from (outcome.measure for outcome in parts.outcomes if outcome.measure)


def paragraphs(rich_text: str) -> Iterator[str]:
    """The blocks of a rich text as plain text, one after the other; empty ones are left out."""
    for piece in _BREAK.split(rich_text):
        text = " ".join(html.unescape(strip_tags(piece)).split())
        if text:
            yield text


def _term_values(
    references: Sequence[Reference], facets: Mapping[str, Facet]
) -> dict[str, list[str]]:
    """The values of each vocabulary, broader terms included."""
    values: dict[str, dict[str, None]] = {vocabulary.value: {} for vocabulary in Vocabulary}
    for reference in references:
        vocabulary = COUNTED.get(reference.relation)
        if vocabulary is None:
            continue
        found = values[vocabulary]
        found[reference.slug] = None
        if parent := facets[vocabulary].option(reference.slug).parent:
            found[parent] = None
    return {name: list(found) for name, found in values.items()}


def _pairs(references: Sequence[Reference], facets: Mapping[str, Facet]) -> list[str]:
    """The pairs of expertise among the trainers."""
    trainers: dict[int, list[str]] = {}
    for reference in references:
        if reference.relation == "expertises":
            trainers.setdefault(reference.owner_id, []).append(reference.slug)
    return pairs_among(trainers.values(), facets[Vocabulary.EXPERTISE].options)


def years(start: int | None, end: int | None, is_running: bool) -> range:
    """The years in which a practice ran, as far as they are known; up to now while it runs."""
    first = start or end
    if first is None:
        return range(0)
    last = end or (max(first, timezone.localdate().year) if is_running else first)
    return range(first, last + 1)


def _sort(row: Row, place: Place) -> dict[str, int]:
    """Numbers that sort: newest first everywhere, practices of unknown year last."""
    published = int(row.first_published_at.timestamp()) if row.first_published_at else 0
    newest = (published << 20) | (row.pk & 0xFFFFF)
    run = years(row.start_year, row.end_year, row.is_running)
    day = (row.first_published_at.date() - date(1970, 1, 1)).days if row.first_published_at else 0
    return {
        "nieuwste": newest,
        "jaar": ((run[-1] if run else 0) << 51) | newest,
        "gemeente": (_alphabetical(place.slug) << 16) | (0xFFFF - day),
    }


def _alphabetical(slug: str, letters: int = 9) -> int:
    """The first letters as a number that sorts as they do; nine tell all municipalities apart."""
    number = 0
    for char in fold(slug).replace("-", "")[:letters].ljust(letters):
        number = number * 37 + _LETTERS.find(char) + 1
    return number
