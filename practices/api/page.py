"""The page about the API, made from its description."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.frontend.pages import crumbs

Part = Mapping[str, Any]
EVERYWHERE = frozenset({"gemeente", "naam"})
"""What stands in paths whose examples every site has."""
_FORMS = {
    "string": _("text"),
    "integer": _("number"),
    "number": _("number"),
    "boolean": _("true or false"),
    "date": _("date"),
    "date-time": _("date and time"),
    "null": _("or null"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    in_path: bool
    description: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """An address, what it takes and what it gives; `example` is one that can be opened."""

    id: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Parameter]
    gives: str
    example: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field of an answer; `kind` is the name of another kind of answer, or nothing."""

    name: str
    description: str
    form: str
    """What it holds, where that is no other kind: a text, a number."""
    values: Sequence[str]
    kind: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer, with its fields."""

    name: str
    description: str
    attributes: Sequence[Attribute]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """What the page shows."""

    about: str
    version: str
    server: str
    operations: Sequence[Operation]
    kinds: Sequence[Kind]
    crumbs: Sequence[crumbs.Crumb]


def api_page(description: Part) -> ApiPage:
    """The page of a description."""
    server = description["servers"][0]["url"]
    schemas = description["components"]["schemas"]
    return ApiPage(
        description["info"]["description"],
        description["info"]["version"],
        server,
        [
            _operation(path, methods["get"], server)
            for path, methods in description["paths"].items()
        ],
        [_kind(name, schema) for name, schema in schemas.items()],
        crumbs.home(),
    )


def _operation(path: str, operation: Part, server: str) -> Operation:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    parameters = operation["parameters"]
    example = _example(path, parameters)
    return Operation(
        operation["operationId"],
        path,
        operation["summary"],
        operation.get("description", ""),
        [
            Parameter(
                one["name"],
                one["in"] == "path",
                one.get("description", ""),
                _choices(one["schema"]),
            )
            for one in parameters
        ],
        _name(schema),
        server + example if example else "",
    )


def _example(path: str, parameters: Iterable[Part]) -> str:
    """A path that can be opened; nothing where a site may have other things."""
    for one in parameters:
        if one["in"] == "path":
            if one["name"] not in EVERYWHERE:
                return ""
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
    return path


def _choices(schema: Part) -> Sequence[str]:
    """The values that a parameter may have, where they are few and fixed."""
    options = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return [str(value) for one in options for value in one.get("enum", ())]


def _kind(name: str, schema: Part) -> Kind:
    attributes = [
        Attribute(field, one.get("description", ""), _form(one), _choices(one), *_of(one))
        for field, one in schema.get("properties", {}).items()
    ]
    return Kind(name, schema.get("description", ""), attributes)


def _form(schema: Part) -> str:
    options = [schema, *schema.get("anyOf", ())]
    forms = [_FORMS.get(one.get("format") or one.get("type", "")) for one in options]
    return ", ".join(str(form) for form in forms if form)


def _of(schema: Part) -> tuple[str, bool]:
    """The kind that a field holds, and whether it holds several."""
    if "items" in schema:
        return _name(schema["items"]), True
    return _name(schema) or next(filter(None, map(_name, schema.get("anyOf", ()))), ""), False


def _name(schema: Part) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
