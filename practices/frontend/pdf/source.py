"""What a PDF is made of: the practice as its page shows it, as one HTML text."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.template.loader import render_to_string

from practices.frontend.pages.practice import PracticeView
from practices.models import PracticePage
from practices.models.presented import frame
from practices.selectors import public_pages, read_parts, read_references
from practices.selectors.public import shown_name
from practices.services.pdf.typesetting import Source


def public_practice(municipality: str, practice: str) -> PracticePage:
    """A practice that everybody may see, by its slugs; raises `Http404`. One query."""
    page: PracticePage | None = (
        _public().filter(municipality__slug=municipality, slug=practice).first()
    )
    if page is None:
        raise Http404
    return page


def source_of(page: PracticePage) -> Source:
    """What the PDF of a practice is made of now; four queries."""
    view = PracticeView(page, read_references([page.pk])[page.pk], read_parts([page.pk])[page.pk])
    context = {**frame(), "page": page, "practice": view}
    html = render_to_string("practices/frontend/pdf/paper.html", context)
    return Source(page.pk, html, view.canonical_url)


def read_source(practice: int) -> Source | None:
    """What the PDF of a practice is made of; None if it is not public (any more)."""
    page = _public().filter(pk=practice).first()
    return source_of(page) if page else None


def _public() -> "QuerySet[Any]":
    pages = public_pages(PracticePage).select_related("municipality")
    return pages.annotate(shown_municipality=shown_name("municipality"))
