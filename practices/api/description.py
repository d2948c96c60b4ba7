"""The description of the API in OpenAPI 3.1, in the language of the site."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja.openapi.schema import OpenAPISchema

from practices.addresses import absolute, site_name
from practices.api import ROOT, VERSION
from practices.api.application import api
from practices.api.kinds import KINDS
from practices.api.problems import TYPE, titles
from practices.api.schemas.common import Problem
from practices.limits import MINUTE

TEXTS = ("description", "summary")
REF = "#/components/schemas/"


def description() -> dict[str, Any]:
    """The whole description, as `openapi.json` has it; made once for each language."""
    return _described(get_language() or "")


@cache
def _described(language: str) -> dict[str, Any]:
    made = dict(OpenAPISchema(api, ""))
    made["info"] = {
        "title": _("API of %(site)s") % {"site": site_name()},
        "version": VERSION,
        "description": _about(),
    }
    made["servers"] = [{"url": absolute(ROOT).rstrip("/")}]
    made["components"] = {"schemas": _schemas(made["components"]["schemas"])}
    for path, methods in made["paths"].items():
        for operation in methods.values():
            operation["responses"] = _responses(operation["responses"], path)
            operation["tags"] = [_(tag) for tag in operation["tags"]]
            operation["parameters"] = [_parameter(one) for one in operation["parameters"]]
    translated: dict[str, Any] = _translated(made)
    return translated


def _about() -> str:
    return _(
        "What municipalities learned from trainings on radicalisation and polarisation, to read"
        " for everybody. Only what is public now; no e-mail addresses. No key is needed. Lists"
        " have pages: go on with the address in “volgende”. Send the ETag of an answer in"
        " If-None-Match and you get 304 as long as nothing changed. Whoever asks too often gets"
        " 429; the headers RateLimit and Retry-After say how long to wait."
    )


def _responses(given: Mapping[Any, Any], path: str) -> dict[str, Any]:
    """What the operation gives, and all that can go wrong there."""
    ((status, good),) = given.items()
    headers = {
        "API-Version": _header(_("Version of this API.")),
        "ETag": _header(_("Mark of this answer, for If-None-Match.")),
        "RateLimit": _header(_("How many requests may follow, and when all come back.")),
        "RateLimit-Policy": _header(
            _("How many requests one address may make in %(seconds)d seconds.")
            % {"seconds": MINUTE}
        ),
    }
    if not path.endswith("}"):
        headers["Link"] = _header(_("The next page, if there is one."))
    version = {"API-Version": headers["API-Version"]}
    moved = {**version, "Location": _header(_("Where it is now."))}
    responses = {
        str(status): {**good, "description": _("The answer."), "headers": headers},
        "304": {"description": _("You have this answer already."), "headers": version},
        "400": _problem(400),
        "404": _problem(404),
        "429": _problem(429),
        "503": _problem(503),
    }
    if path.startswith(("/praktijken", "/gemeenten", "/lessen")):
        responses["301"] = {
            "description": _("A municipality or a value has another name now."),
            "headers": moved,
        }
    for code in ("429", "503"):
        responses[code]["headers"] = {
            **version,
            "Retry-After": _header(_("In how many seconds to try again."), "integer"),
        }
    return dict(sorted(responses.items()))


def _schemas(given: Mapping[str, Any]) -> dict[str, Any]:
    """The kinds of answers, under their own names."""
    found = {**given, "Problem": Problem.model_json_schema()}
    return {name: {**found[code], "description": text} for code, (name, text) in KINDS.items()}


def _parameter(given: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter with one example; several would need names (django-ninja gives none)."""
    made = {name: value for name, value in given.items() if name != "examples"}
    schema = {name: value for name, value in given["schema"].items() if name != "description"}
    if "examples" in given:
        made["example"] = given["examples"][0]
    return {**made, "schema": schema}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": titles()[status],
        "content": {TYPE: {"schema": {"$ref": f"{REF}Problem"}}},
        "headers": {"API-Version": _header(_("Version of this API."))},
    }


def _header(text: str, kind: str = "string") -> dict[str, Any]:
    return {"description": text, "schema": {"type": kind}}


def _translated(part: Any) -> Any:
    """The same with texts and names translated, and without the titles that pydantic makes up."""
    if isinstance(part, list):
        return [_translated(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {}
    for name, value in part.items():
        if name == "title" and isinstance(value, str) and "type" in part:
            continue
        if name in TEXTS and isinstance(value, str):
            made[name] = _(value)
        elif name == "$ref":
            made[name] = REF + KINDS[value.removeprefix(REF)][0]
        else:
            made[name] = _translated(value)
    return made
