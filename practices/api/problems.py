"""What goes wrong, as JSON that a program can read and a person understands (RFC 9457)."""

import json
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from practices.api import ROOT
from practices.api.headers import for_everybody

TYPE = "application/problem+json"
RETRY_SECONDS = "120"


class RefusedError(Exception):
    """A request that is not answered: the status, what is wrong, and each fault by itself."""

    def __init__(self, status: int, detail: str, faults: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults = status, detail, faults


def titles() -> dict[int, str]:
    """The kinds of problems, by their status."""
    return {
        400: _("The request is not right"),
        404: _("Not found"),
        405: _("This method is not possible"),
        429: _("Too many requests"),
        500: _("Something went wrong"),
        503: _("Not available now"),
    }


def problem(status: int, detail: str, faults: Sequence[str] = ()) -> HttpResponse:
    """The answer that says what is wrong and what to do."""
    data = {"status": status, "title": titles()[status], "detail": detail}
    if faults:
        data["fouten"] = list(faults)
    body = json.dumps(data, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=TYPE)
    response["Cache-Control"] = "no-store"
    return for_everybody(response)


def broken() -> HttpResponse:
    """The answer to an error of ours."""
    return problem(500, _("Something went wrong on our side. Try again later."))


def refused(error: RefusedError) -> HttpResponse:
    """The answer to what was refused."""
    response = problem(error.status, error.detail, error.faults)
    if error.status == 503:
        response["Retry-After"] = RETRY_SECONDS
    return response


def not_found() -> HttpResponse:
    """The answer where nothing is, or nothing that everybody may see."""
    detail = _("There is nothing at this address. All addresses are explained at %(root)s.")
    return problem(404, detail % {"root": ROOT})


def is_of_api(request: HttpRequest) -> bool:
    """Whether a program asks, which wants to hear of errors in JSON too; not for the page."""
    return request.path.startswith(ROOT) and request.path != ROOT
