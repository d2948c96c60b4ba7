"""A practice as a PDF, and the reference to it as a file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from practices.frontend.moved import follows_moves
from practices.frontend.pages.citation import Citation
from practices.frontend.pages.practice import PracticeView
from practices.frontend.pdf import making
from practices.frontend.pdf.source import public_practice, source_of
from practices.frontend.rendering import render
from practices.models import PracticePage
from practices.selectors import Parts
from practices.services.pdf.offers import can_make_pdfs

RETRY_SECONDS = "5"


@require_safe
@follows_moves
def pdf(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
    """The PDF of a public practice, or a page that says that it is being made."""
    page = public_practice(municipality, practice)
    if not can_make_pdfs():
        raise Http404
    source = source_of(page)
    kept = making.find_or_ask(source)
    if kept is None:
        return _not_there(request, page, has_failed=making.has_failed(source))
    response = HttpResponse(kept.content, content_type="application/pdf")
    response["Content-Disposition"] = _named(page, "pdf", is_shown=True)
    response["ETag"] = f'"{source.digest}"'
    response["Last-Modified"] = http_date(kept.made_at)
    # It may be private tomorrow: whoever keeps it asks first.
    response["Cache-Control"] = "no-cache"
    response["Link"] = f'<{source.address}>; rel="canonical"'
    if page.is_fictional:
        response["X-Robots-Tag"] = "noindex"
    return response


def _not_there(request: HttpRequest, page: PracticePage, *, has_failed: bool) -> HttpResponse:
    context = {"practice": _bare(page), "has_failed": has_failed}
    status = 503 if has_failed else 202
    response = render(request, "practices/frontend/pdf/unavailable.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if not has_failed:
        response["Retry-After"] = RETRY_SECONDS
    return response


def _reference(
    ending: str, media_type: str, form: Callable[[Citation], str]
) -> Callable[..., HttpResponse]:
    """A view that gives the reference to a public practice in one form."""

    @require_safe
    @follows_moves
    def reference(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
        page = public_practice(municipality, practice)
        response = HttpResponse(form(_bare(page).citation), content_type=media_type)
        is_shown = media_type.startswith("text/plain")
        response["Content-Disposition"] = _named(page, ending, is_shown=is_shown)
        response["Cache-Control"] = "no-cache"
        return response

    return reference


plain = _reference("txt", "text/plain; charset=utf-8", lambda citation: f"{citation.text}\n")
bibtex = _reference("bib", "application/x-bibtex; charset=utf-8", lambda citation: citation.bibtex)
csl = _reference(
    "csl.json", "application/vnd.citationstyles.csl+json", lambda citation: citation.csl_json
)


def _bare(page: PracticePage) -> PracticeView:
    """A practice without its parts: enough to name it."""
    return PracticeView(page, (), Parts())


def _named(page: PracticePage, ending: str, *, is_shown: bool) -> str:
    how = "inline" if is_shown else "attachment"
    return f'{how}; filename="{page.municipality.slug}-{page.slug}.{ending}"'
