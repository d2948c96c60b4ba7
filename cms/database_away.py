"""What a visitor gets while the database is away: a calm page with status 503, or JSON.

Nothing here asks the database or the session for anything.
"""

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from cms.read_only import chain, is_read_only, let_go
from practices.api.problems import is_of_api, problem
from search.throttle import Throttle

RETRY_AFTER = 30
"""Seconds after which a browser or robot may try again."""

logger = logging.getLogger(__name__)

_lines = Throttle()


def is_database_away(error: BaseException | None) -> bool:
    """Whether an error comes from a database that is away, restarting, overloaded or locked.

    Or from one that can be read only.
    """
    return is_read_only(error) or any(
        # SQLite says of a broken file that it is some `DatabaseError`.
        isinstance(one, OperationalError | InterfaceError) or type(one) is DatabaseError
        for one in chain(error)
    )


def database_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer to a request that failed because of the database: HTML, or JSON where wanted.

    May raise where templates or static files are broken.
    """
    _log(error)
    is_readable = is_read_only(error)
    if is_readable:
        let_go()
    with translation.override(settings.LANGUAGE_CODE):
        response = _answer(request, is_readable)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    # Django would write a traceback for each request of an outage.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest, is_readable: bool) -> HttpResponse:
    notice = (
        _("The site can keep nothing at this moment. Nothing was lost. Try again in a few minutes.")
        if is_readable
        else _("The site cannot reach its data at this moment. Try again in a few minutes.")
    )
    if is_of_api(request):
        return problem(503, notice)
    if _wants_json(request):
        return JsonResponse({"notices": [notice]}, status=503)
    return _as_page(request, is_readable)


def _as_page(request: HttpRequest, is_readable: bool) -> HttpResponse:
    context = {
        "BASE_URL": settings.BASE_URL,
        "is_sending": request.method == "POST",
        "is_readable": is_readable,
    }
    return HttpResponse(loader.get_template("503.html").render(context), status=503)


def _wants_json(request: HttpRequest) -> bool:
    if request.path.endswith(".json"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _log(error: BaseException) -> None:
    """One traceback a minute; the status 503 of every single answer is in the access log."""
    if count := _lines.passes():
        logger.error("The database does not answer: %d visitors got a 503.", count, exc_info=error)
