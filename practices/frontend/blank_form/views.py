"""The form of a practice to print or to fill in beforehand, as a page and as a document."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from practices.frontend.blank_form.chapters import chapters
from practices.frontend.blank_form.odt import MIME_TYPE, write_odt
from practices.frontend.rendering import render

FILE_NAME = "invulformulier.odt"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form as a page that prints well; it is the same for everybody."""
    return render(request, "practices/frontend/blank_form/form.html", {"chapters": chapters()})


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The form as a document for Word, LibreOffice and the like."""
    response = HttpResponse(write_odt(chapters()), content_type=MIME_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
