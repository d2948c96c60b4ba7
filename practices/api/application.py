"""The API as django-ninja has it, with problems in Dutch and in one form."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from practices.api import VERSION
from practices.api.etags import NotModifiedError, not_modified
from practices.api.operations import lessons, municipalities, practices, signposts, vocabularies
from practices.api.problems import RefusedError, not_found, problem, refused


class _Readable(JSONRenderer):
    """JSON with letters as they are written."""

    json_dumps_params = {"ensure_ascii": False}


# The page and the description are ours: those of the library load scripts from elsewhere.
api = NinjaAPI(
    title="API",
    version=VERSION,
    urls_namespace="practices-api",
    openapi_url=None,
    docs_url=None,
    renderer=_Readable(),
)
for _operations in (practices, lessons, municipalities, vocabularies, signposts):
    api.add_router("", _operations.router)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return refused(error)


@api.exception_handler(NotModifiedError)
def _not_modified(request: HttpRequest, error: NotModifiedError) -> HttpResponse:
    return not_modified()


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return not_found()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say of each parameter what it takes; what can't be in a path is not there."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return not_found()
    faults = list(dict.fromkeys(map(_fault, error.errors)))
    return problem(400, " ".join(faults), faults)


def _fault(error: dict[str, Any]) -> str:
    """What a parameter takes, whatever was wrong with it."""
    name, limits = str(error["loc"][1]), error.get("ctx", {})
    takes = {
        "aantal": _("“aantal” is a number from 1 to 100."),
        "praktijk": _("“praktijk” is the id of a practice, a number."),
        "zonder": _("“zonder” is one of: inwoners, stedelijkheid, provincie, buurgemeente, soort."),
    }
    if name in takes:
        return takes[name]
    return _("“%(name)s” is too long: at most %(max)d characters.") % {
        "name": name,
        "max": limits.get("max_length", 0),
    }
