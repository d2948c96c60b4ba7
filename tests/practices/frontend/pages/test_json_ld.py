"""What search engines read, held against the vocabulary of schema.org by programs of others.

The context is made of that vocabulary, so that a JSON-LD processor drops what schema.org does not
know. A type is a class whose fields are the properties in its domain.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec_schemaorg.models
import pytest
from django.test import Client
from pyld import jsonld

from practices.frontend.pages.structured_data import breadcrumb_list
from tests.factories import PracticePageFactory, SiteTree

HOME = "https://schema.org/"
TYPES: dict[str, Any] = {
    name: kind
    for name, kind in vars(msgspec_schemaorg.models).items()
    if hasattr(kind, "__struct_fields__")
}
PROPERTIES = {name for kind in TYPES.values() for name in kind.__struct_fields__}
CONTEXT = {
    name: f"{HOME}{name}" for name in [*TYPES, *PROPERTIES] if name not in ("id", "type", "context")
}


def offline(address: str, _options: object) -> dict[str, Any]:
    """The context of schema.org, whose address is the only one that is known."""
    assert address == HOME.rstrip("/")
    return {"documentUrl": address, "contextUrl": None, "document": {"@context": CONTEXT}}


def on_page(client: Client, address: str) -> dict[str, Any]:
    body = client.get(address).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from nodes(one)
    elif isinstance(data, dict):
        yield data
        yield from nodes(list(data.values()))


def mistakes(data: dict[str, Any]) -> list[str]:
    """What schema.org does not know, or knows of other types only."""
    found = []
    for node in nodes({name: value for name, value in data.items() if name != "@context"}):
        kind = TYPES.get(node.get("@type", data["@type"]))
        if kind is None:
            found.append(node["@type"])
            continue
        names = (name for name in node if not name.startswith("@"))
        found += [f"{kind.__name__}.{name}" for name in names if name not in kind.__struct_fields__]
    return found


def named(data: Any) -> list[str]:
    """The names of all properties, in the order of the alphabet."""
    every = (name.removeprefix(HOME) for node in nodes(data) for name in node)
    return sorted(name for name in every if not name.startswith("@"))


@pytest.fixture
def data(client: Client, site_tree: SiteTree) -> dict[str, Any]:
    """What the page of a practice with every field says."""
    return on_page(client, PracticePageFactory(complete=True, is_fictional=True).url)


def test_every_type_and_property_is_known_and_in_its_place(data: dict[str, Any]) -> None:
    assert not mistakes(data)


def test_a_processor_of_json_ld_drops_nothing(data: dict[str, Any]) -> None:
    expanded = jsonld.expand(data, {"documentLoader": offline})
    assert named(expanded) == named(data)
    assert {kind for node in nodes(expanded) for kind in node.get("@type", ())} == {
        f"{HOME}{node['@type']}" for node in nodes(data) if "@type" in node
    }


def test_it_says_what_is_known(data: dict[str, Any]) -> None:
    assert data["@type"] == "Article"
    assert data["datePublished"] == data["dateModified"] == "2026-03-04"
    assert data["temporalCoverage"] == "2007/2009"
    assert data["author"]["@type"] == "GovernmentOrganization"
    assert [term["name"] for term in data["about"]][:2] == [
        "Radicalisation types 1",
        "Radicalisation types 2",
    ]
    assert "kim@gemeente.example" not in json.dumps(data)
    assert not {"license", "publisher"} & data.keys(), "nobody told"


def test_of_what_is_unknown_it_is_silent(client: Client, site_tree: SiteTree) -> None:
    data = on_page(client, PracticePageFactory(summary="", approach="").url)
    assert not mistakes(data)
    assert not {"description", "about", "audience", "temporalCoverage"} & data.keys()


def test_a_mistake_would_be_found() -> None:
    assert mistakes({"@type": "Praktijk"}) == ["Praktijk"]
    crumbs = breadcrumb_list([("WegWijzer", "/")])
    assert mistakes({"@type": "Article", "breadcrumb": crumbs}) == ["Article.breadcrumb"]
    nested = {"@type": "Article", "author": {"@type": "Person", "leerdoel": "x"}}
    assert mistakes(nested) == ["Person.leerdoel"]
    nested["@context"] = HOME.rstrip("/")
    assert "leerdoel" not in named(jsonld.expand(nested, {"documentLoader": offline}))
