"""Lessons: what worked, what did not, and tips, searched over all practices or one by one."""

from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from practices.addresses import absolute
from practices.api import lists, strict
from practices.api.addresses import address, municipality_ref, practice_ref
from practices.api.etags import fresh
from practices.api.found import Asked, Found, counted, searched
from practices.api.operations.practices import LARGEST, told_codes
from practices.api.parameters import LESSONS
from practices.api.schemas.others import Lesson, LessonPage
from practices.frontend.lessons.page import read_address
from practices.frontend.moved import moved_values
from practices.indexes import registers
from practices.indexes.lesson_kinds import NAME, lesson_facets
from practices.indexes.lessons import lessons_of
from practices.indexes.readers import lesson_reader
from practices.indexes.registers import Registers
from practices.models import Lesson as Row
from practices.models import PracticePage
from practices.models.lessons import kind_value
from practices.selectors import public_pages
from practices.selectors.lessons import PublicLesson, public_lesson, public_lessons
from practices.selectors.retirement import not_archived
from search.questions.query import Query as Search

router = Router(tags=[gettext_noop("Lessons")])


@router.get(
    "/lessen",
    response=LessonPage,
    operation_id="lessen",
    summary=gettext_noop("Lessons, each with the practice that it comes from"),
    description=gettext_noop(
        "With the parameters of the search for lessons. Order and pages are as with practices."
    ),
    openapi_extra={"parameters": LESSONS},
)
def lessons(
    request: HttpRequest,
    response: HttpResponse,
    cursor: lists.Cursor = "",
    aantal: lists.Size = lists.PAGE_SIZE,
    praktijk: Annotated[
        int | None,
        Query(
            ge=1, le=LARGEST, description=gettext_noop("Only those of the practice with this id.")
        ),
    ] = None,
) -> Any:
    """A page of lessons; at most four queries."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    facets = lesson_facets(known)
    query = strict.read_search(request, facets, *strict.LISTED, "praktijk")
    after = lists.begin(request, cursor)
    if not query.text and not query.sort and {name for name, _values in query.chosen} <= {NAME}:
        fresh(request, known.stamp)
        found = _all(query, known, praktijk, after, aantal)
    else:
        among = frozenset(lessons_of([praktijk])) if praktijk else None
        asked = Asked(query, facets, known.synonyms, lesson_reader())
        found = searched(asked, after, aantal, among)
        fresh(request, known.stamp, found)
    rows = public_lessons(found.ids)
    codes = _slugs(known)
    following = lists.next_address(request, response, found.next)
    notices = [*found.notices, *told_codes(query.text)]
    shown = [_lesson(rows[key], codes) for key in found.ids if key in rows]
    return {"totaal": found.total, **lists.page(shown, following, notices)}


@router.get(
    "/lessen/{kenmerk}",
    response=Lesson,
    operation_id="les",
    summary=gettext_noop("One lesson"),
    description=gettext_noop("Also of a practice in the archive: see “gearchiveerd”."),
)
def lesson(
    request: HttpRequest,
    kenmerk: Annotated[
        str,
        Path(
            max_length=20,
            description=gettext_noop("The “id” of a lesson."),
            examples=["12-bcdfgh"],
        ),
    ],
) -> Any:
    """A lesson of a practice that is public now; two queries."""
    strict.check(request)
    known = registers.current()
    fresh(request, known.stamp)
    asked = read_address(kenmerk)
    found = public_lesson(*asked) if asked else None
    if found is None:
        raise Http404
    return _lesson(found, _slugs(known))


def _all(
    query: Search, known: Registers, practice: int | None, after: list[int], size: int
) -> Found:
    """Those of some kinds, or of a practice: the database knows them; two queries."""
    # Asked of each lesson, so that the database stops at the end of the page.
    public = not_archived(public_pages(PracticePage)).order_by().filter(pk=OuterRef("page"))
    rows = Row.objects.filter(Exists(public)).order_by("pk")
    if kinds := query.values(NAME):
        rows = rows.filter(kind__in=[kind for kind in Row.Kind if kind_value(kind) in kinds])
    if practice:
        rows = rows.filter(page=practice)
    total = counted(known, ("lessen", query.chosen, practice), rows.count)
    following = rows.filter(pk__gt=after[-1]) if after else rows
    ids = list(following.values_list("pk", flat=True)[: size + 1])
    return Found(ids[:size], ids[size - 1 : size] if len(ids) > size else (), total)


def _slugs(known: Registers) -> dict[str, str]:
    return {place.code: place.slug for place in known.places.values()}


def _lesson(lesson: PublicLesson, slugs: dict[str, str]) -> dict[str, Any]:
    practice, municipality = lesson.practice, lesson.municipality
    key = f"{practice.id}-{lesson.key}"
    return {
        "id": key,
        "les": lesson.kind,
        "tekst": lesson.text,
        "url": address("lessen", key),
        "pagina": absolute(lesson.url),
        "fictief": lesson.is_fictional,
        "gearchiveerd": lesson.is_retired,
        "praktijk": practice_ref(practice.id, practice.title, practice.url),
        "gemeente": municipality_ref(
            municipality.code, slugs.get(municipality.code, ""), municipality.name
        ),
    }
