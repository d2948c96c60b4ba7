"""A lesson as a document of a search index of its own, with all facets of its practice.

The document of the practice is read and taken over, so that a facet of practices is one of lessons.
"""

from collections.abc import Iterable, Iterator, Sequence

from practices.indexes import practices as of_practices
from practices.indexes.lesson_kinds import NAME
from practices.indexes.registers import Place, Registers, current
from practices.models import Lesson, PracticePage, Vocabulary
from practices.models.lessons import kind_value
from practices.selectors import public_pages
from search.documents import Document, Index, batches, register

WEIGHTS = {"lesson": 4.0, "title": 1.5, "about": 1.0}
_TIE = 0xFFFFF
"""The last bits of an order, which tell apart what was published in one second."""


def load(ids: Sequence[int]) -> Iterator[Document]:
    """Those of the lessons that everybody may see, as documents."""
    rows = list(Lesson.objects.filter(pk__in=ids).values_list("pk", "page", "kind", "text"))
    pages = {document.id: document for document in of_practices.load([row[1] for row in rows])}
    known = current()
    places = {place.slug: place for place in known.places.values()}
    for pk, page, kind, text in rows:
        if practice := pages.get(page):
            yield _document(pk, kind_value(kind), text, practice, known, places)


def visible_ids() -> Iterable[int]:
    """The ids of all lessons that everybody may see."""
    pages = public_pages(PracticePage).order_by().values("pk")
    rows = Lesson.objects.filter(page__in=pages).order_by("pk")
    return rows.values_list("pk", flat=True).iterator()


def lessons_of(practices: Iterable[int]) -> list[int]:
    """The ids of all lessons of these practices, public or not."""
    rows = Lesson.objects.order_by().values_list("pk", flat=True)
    return [key for batch in batches(practices) for key in rows.filter(page__in=batch)]


LESSONS = register(
    Index(
        name="lessons",
        weights=WEIGHTS,
        facets=(NAME, *of_practices.FACETS),
        orders=of_practices.ORDERS,
        load=load,
        ids=visible_ids,
        # What its documents take over from those of practices changes with these.
        schema=f"1.{of_practices.PRACTICES.schema}",
        is_vital=False,
    )
)


def _document(
    pk: int, kind: str, text: str, practice: Document, known: Registers, places: dict[str, Place]
) -> Document:
    return Document(
        id=pk,
        text={
            "lesson": [text],
            "title": practice.text["title"],
            "about": [*_names(practice, places), *_labels(practice, known)],
        },
        facets={**practice.facets, NAME: [kind]},
        sort={
            **practice.sort,
            # Lessons of one practice in the order in which they were written.
            **{name: _with_tie(practice.sort[name], pk) for name in ("nieuwste", "jaar")},
        },
    )


def _with_tie(number: int, pk: int) -> int:
    return (number & ~_TIE) | (_TIE - (pk & _TIE))


def _names(practice: Document, places: dict[str, Place]) -> Iterator[str]:
    for slug in practice.facets["gemeente"]:
        yield from (places[slug].name, *places[slug].aliases)


def _labels(practice: Document, known: Registers) -> Iterator[str]:
    """The terms of the practice, broader ones included."""
    for vocabulary in Vocabulary:
        facet = known.facets[vocabulary.value]
        yield from (facet.option(value).label for value in practice.facets[vocabulary.value])
