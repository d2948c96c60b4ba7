"""WegWijzers, made ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from practices.addresses import absolute, signpost_address
from practices.frontend.pages import crumbs
from practices.models import PracticePage, SignpostPage, SignpostPublication
from practices.selectors import Card, DocumentPart, LinkPart, practice_cards, public_pages
from practices.selectors.parts import document_part


class SignpostEntry(NamedTuple):
    """A WegWijzer in a list."""

    code: str
    title: str
    url: str
    date: date
    introduction: str


@dataclass(frozen=True)
class SignpostList:
    """All WegWijzers, the newest first."""

    entries: Sequence[SignpostEntry]
    crumbs: Sequence[crumbs.Crumb]


@dataclass(frozen=True)
class SignpostView:
    """What the page of a WegWijzer shows."""

    publications: Sequence[SignpostPublication]
    documents: Sequence[DocumentPart]
    links: Sequence[LinkPart]
    practices: Sequence[Card]
    crumbs: Sequence[crumbs.Crumb]
    canonical_url: str


def signpost_entries(limit: int | None = None) -> list[SignpostEntry]:
    """The newest WegWijzers; one query."""
    pages = public_pages(SignpostPage).order_by("-date", "-code")[:limit]
    return [
        SignpostEntry(code, title, signpost_address(code), day, introduction)
        for code, title, day, introduction in pages.values_list(
            "code", "title", "date", "introduction"
        )
    ]


def signpost_list() -> SignpostList:
    """The list of WegWijzers."""
    return SignpostList(signpost_entries(), crumbs.home())


def signpost_view(page: SignpostPage) -> SignpostView:
    """One WegWijzer; it may be a preview, so that its children are read from the page."""
    chosen = [practice.pk for practice in page.practices.all()]
    practices = public_pages(PracticePage).filter(pk__in=chosen).order_by("title")
    return SignpostView(
        publications=list(page.publications.all()),
        documents=[document_part(one.document) for one in page.documents.all()],
        links=[LinkPart(link.title, link.url) for link in page.links.all()],
        practices=practice_cards(practices),
        crumbs=crumbs.signposts(),
        canonical_url=absolute(signpost_address(page.code)),
    )
