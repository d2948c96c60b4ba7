"""Lessons: what worked, what did not, and tips, of all practices together."""

from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router

from practices import registers
from practices.addresses import absolute, practice_address
from practices.api import lists, strict
from practices.api.addresses import municipality_ref, practice_url
from practices.api.etags import fresh
from practices.api.operations.practices import LARGEST
from practices.api.schemas.others import LessonPage
from practices.api.schemas.practices import Kind
from practices.models import Lesson, PracticePage
from practices.moderation.retirement import in_practice
from practices.selectors import public_pages
from practices.selectors.public import shown_name

router = Router(tags=[gettext_noop("Lessons")])

COLUMNS = (
    "kind",
    "text",
    "page_id",
    "page__title",
    "page__slug",
    "page__municipality__code",
    "page__municipality__slug",
    "shown_municipality",
)


@router.get(
    "/lessen",
    response=LessonPage,
    operation_id="lessen",
    summary=gettext_noop("Lessons, with the practice that each comes from"),
    description=gettext_noop("In the order of their making; those of the archive are left out."),
)
def lessons(
    request: HttpRequest,
    response: HttpResponse,
    les: Annotated[
        Kind | None, Query(description=gettext_noop("Only lessons of this kind."))
    ] = None,
    praktijk: Annotated[
        int | None,
        Query(
            ge=1, le=LARGEST, description=gettext_noop("Only those of the practice with this id.")
        ),
    ] = None,
    cursor: lists.Cursor = "",
    aantal: lists.Size = lists.PAGE_SIZE,
) -> Any:
    """A page of lessons; two queries."""
    strict.check(request, single=("les", "praktijk", *strict.LISTED))
    known = registers.current()
    after = lists.begin(request, cursor)
    fresh(request, known.stamp)
    # Asked of each lesson, so that the database stops at the end of the page.
    public = in_practice(public_pages(PracticePage)).order_by().filter(pk=OuterRef("page"))
    rows = Lesson.objects.filter(Exists(public)).order_by("pk")
    if les:
        rows = rows.filter(kind=les)
    if praktijk:
        rows = rows.filter(page=praktijk)
    if after:
        rows = rows.filter(pk__gt=after[-1])
    named = rows.annotate(shown_municipality=shown_name("page__municipality"))
    found = list(named.values_list("pk", *COLUMNS)[: aantal + 1])
    _keys, following = lists.keyed(request, response, [row[0] for row in found], aantal)
    return lists.page([_lesson(*row[1:]) for row in found[:aantal]], following)


def _lesson(
    kind: str, text: str, key: int, title: str, slug: str, code: str, place: str, name: str
) -> dict[str, Any]:
    return {
        "les": kind,
        "tekst": text,
        "praktijk": {
            "id": key,
            "titel": title,
            "url": practice_url(key),
            "pagina": absolute(practice_address(place, slug)),
        },
        "gemeente": municipality_ref(code, place, name),
    }
