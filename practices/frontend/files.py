"""The address at which documents are served."""

from django.http import HttpRequest, HttpResponseBase
from wagtail.documents.views.serve import serve as wagtail_serve


def serve(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """Wagtail's view, whose answers depend on who asks whether the document exists or not.

    What somebody gets who is logged in may be for them alone: nothing keeps it.
    """
    # Asking who it is makes the answer vary by cookie; a document that is hidden asks it too.
    is_known = request.user.is_authenticated
    response: HttpResponseBase = wagtail_serve(request, number, name)
    if is_known:
        response["Cache-Control"] = "private, no-store"
    return response
