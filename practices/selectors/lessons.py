"""Lessons that everybody may see, read from the database as it is now.

Whoever shows lessons elsewhere starts here: a `PublicLesson` has all that a list needs of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from practices.addresses import lesson_address, municipality_address, practice_address
from practices.models import Lesson
from practices.models.lessons import kind_value
from practices.selectors import MunicipalityRef
from practices.selectors.prepared import Prepared, chunks
from practices.selectors.public import restricted, shown_name
from practices.selectors.retirement import is_retired


class PracticeRef(NamedTuple):
    """A practice in a list of lessons."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PublicLesson:
    """A lesson with where it was learned.

    `key` is unique within its practice; `kind` is a value of the facet `les`; `url` is its lasting
    address.
    """

    id: int
    key: str
    kind: str
    text: str
    url: str
    practice: PracticeRef
    municipality: MunicipalityRef
    is_fictional: bool
    is_retired: bool
    order: int
    """Its place among the lessons of its practice."""

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(Lesson.Kind(self.kind.replace("-", "_")).label)


def public_lessons(ids: Sequence[int]) -> dict[int, PublicLesson]:
    """Those of the lessons whose practices are public now, by their ids; one query for 500."""
    return {
        row[0]: _lesson(*row) for chunk in chunks(ids) if chunk for row in _BY_LESSON.rows(chunk)
    }


def lessons_of_practices(practices: Iterable[int]) -> dict[int, list[PublicLesson]]:
    """The public lessons of practices by the practice's id, as their author put them.

    One query for 500 practices; a practice without public lessons is absent.
    """
    found: dict[int, list[PublicLesson]] = {}
    for chunk in chunks(practices):
        for row in _BY_PRACTICE.rows(chunk) if chunk else ():
            lesson = _lesson(*row)
            found.setdefault(lesson.practice.id, []).append(lesson)
    for lessons in found.values():
        lessons.sort(key=lambda lesson: (lesson.order, lesson.id))
    return found


def public_lesson(practice: int, key: str) -> PublicLesson | None:
    """The lesson at a lasting address; None if it is gone, or its practice is not public."""
    for lesson in lessons_of_practices([practice]).get(practice, ()):
        if lesson.key == key:
            return lesson
    return None


_FIELDS = (
    *("pk", "key", "kind", "text", "sort_order", "page_id", "page__title", "page__slug"),
    *("page__is_fictional", "page__municipality__code", "page__municipality__slug"),
    *("shown_municipality", "retired"),
)


def _rows(**chosen: Any) -> Any:
    # Joined, where `public_pages` would be a subquery: SQLite goes through all pages for that.
    return (
        Lesson.objects.filter(~restricted("page__path"), page__live=True, **chosen)
        .order_by()
        .annotate(
            shown_municipality=shown_name("page__municipality"), retired=is_retired("page_id")
        )
        .values_list(*_FIELDS)
    )


_BY_LESSON = Prepared(lambda ids: _rows(pk__in=ids))
_BY_PRACTICE = Prepared(lambda ids: _rows(page__in=ids))


def _lesson(
    pk: int, key: str, kind: str, text: str, order: int | None, page: int, title: str, slug: str,
    is_fictional: bool, code: str, place: str, name: str, retired: bool,
) -> PublicLesson:  # fmt: skip
    return PublicLesson(
        id=pk,
        key=key,
        kind=kind_value(kind),
        text=text,
        url=lesson_address(page, key),
        practice=PracticeRef(page, title, practice_address(place, slug)),
        municipality=MunicipalityRef(code, name, municipality_address(place)),
        is_fictional=bool(is_fictional),
        is_retired=bool(retired),
        order=order or 0,
    )
