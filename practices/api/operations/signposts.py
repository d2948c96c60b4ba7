"""WegWijzers: fact sheets on one subject each."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Path, Router

from practices.addresses import absolute, practice_address, signpost_address
from practices.api import lists, strict
from practices.api.addresses import address, practice_ref
from practices.api.etags import fresh
from practices.api.rows import documents, links
from practices.api.schemas.others import Signpost, SignpostPage
from practices.indexes import registers
from practices.models import PracticePage
from practices.models import SignpostPage as Page
from practices.models.signposts import read_code
from practices.selectors import LinkPart, public_pages
from practices.selectors.parts import document_part
from practices.selectors.rich_text import expand

router = Router(tags=["WegWijzers"])


@router.get(
    "/wegwijzers",
    response=SignpostPage,
    operation_id="wegwijzers",
    summary=gettext_noop("WegWijzers: fact sheets on one subject each"),
    description=gettext_noop("In the order of their making."),
)
def signposts(
    request: HttpRequest,
    response: HttpResponse,
    cursor: lists.Cursor = "",
    aantal: lists.Size = lists.PAGE_SIZE,
) -> Any:
    """A page of WegWijzers, in the order of their ids; eight queries."""
    strict.check(request, single=strict.LISTED)
    known = registers.current()
    after = lists.begin(request, cursor)
    fresh(request, known.stamp)
    pages = public_pages(Page).order_by("pk")
    following = pages.filter(pk__gt=after[-1]) if after else pages
    found = _read(following)[: aantal + 1]
    rows = list(found)
    _keys, url = lists.keyed(request, response, [row.pk for row in rows], aantal)
    return lists.page(_rows(rows[:aantal]), url)


@router.get(
    "/wegwijzers/{code}",
    response=Signpost,
    operation_id="wegwijzer",
    summary=gettext_noop("One WegWijzer"),
    description=gettext_noop("With its documents, links and the practices that belong to it."),
)
def signpost(
    request: HttpRequest,
    code: Annotated[
        str,
        Path(
            max_length=20,
            description=gettext_noop("Search code, however it is written."),
            examples=["WW0109"],
        ),
    ],
) -> Any:
    """A WegWijzer that is public now; eight queries."""
    strict.check(request)
    known = registers.current()
    fresh(request, known.stamp)
    rows = list(_read(public_pages(Page).filter(code=read_code(code) or "")))
    if not rows:
        raise Http404
    return _rows(rows)[0]


def _read(pages: "QuerySet[Page]") -> "QuerySet[Page]":
    practices = public_pages(PracticePage).select_related("municipality").order_by("title", "pk")
    return pages.prefetch_related(
        "publications",
        "links",
        "documents__document",
        Prefetch("practices", queryset=practices),
    )


def _rows(pages: Sequence[Any]) -> list[dict[str, Any]]:
    texts = expand(*(page.body for page in pages)) if pages else []
    return [_row(page, text) for page, text in zip(pages, texts, strict=True)]


def _row(page: Any, text: str) -> dict[str, Any]:
    return {
        "code": page.code,
        "titel": page.title,
        "url": address("wegwijzers", page.code),
        "pagina": absolute(signpost_address(page.code)),
        "datum": page.date,
        "inleiding": page.introduction,
        "tekst": text,
        "publicaties": [
            {
                "titel": one.title,
                "uitgever": one.publisher,
                "jaar": one.year,
                "vindplaats": one.where,
            }
            for one in page.publications.all()
        ],
        "documenten": documents([document_part(one.document) for one in page.documents.all()]),
        "links": links([LinkPart(one.title, one.url) for one in page.links.all()]),
        "praktijken": _practices(page.practices.all()),
    }


def _practices(pages: Iterable[PracticePage]) -> list[dict[str, Any]]:
    return [
        practice_ref(one.pk, one.title, practice_address(one.municipality.slug, one.slug))
        for one in pages
    ]
