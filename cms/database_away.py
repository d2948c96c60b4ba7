"""What a visitor gets while the database is away: a calm page with status 503, or JSON.

Nothing here asks the database or the session for anything.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from practices.api.problems import is_of_api, problem
from search.throttle import Throttle

RETRY_AFTER = 30
"""Seconds after which a browser or robot may try again."""

logger = logging.getLogger(__name__)

_lines = Throttle()


def is_database_away(error: BaseException | None) -> bool:
    """Whether an error comes from a database that is away, restarting, overloaded or locked."""
    return any(
        # SQLite says of a broken file that it is some `DatabaseError`.
        isinstance(one, OperationalError | InterfaceError) or type(one) is DatabaseError
        for one in _chain(error)
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it: code may wrap an error of the database in one of its own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def database_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer to a request that failed because of the database: HTML, or JSON where wanted.

    May raise where templates or static files are broken.
    """
    _log(error)
    with translation.override(settings.LANGUAGE_CODE):
        response = _answer(request)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    # Django would write a traceback for each request of an outage.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    notice = _("The site cannot reach its data at this moment. Try again in a few minutes.")
    if is_of_api(request):
        return problem(503, notice)
    if _wants_json(request):
        return JsonResponse({"notices": [notice]}, status=503)
    return _as_page(request)


def _as_page(request: HttpRequest) -> HttpResponse:
    context = {"BASE_URL": settings.BASE_URL, "is_sending": request.method == "POST"}
    return HttpResponse(loader.get_template("503.html").render(context), status=503)


def _wants_json(request: HttpRequest) -> bool:
    if request.path.endswith(".json"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _log(error: BaseException) -> None:
    """One traceback a minute; the status 503 of every single answer is in the access log."""
    if count := _lines.passes():
        logger.error("The database does not answer: %d visitors got a 503.", count, exc_info=error)
