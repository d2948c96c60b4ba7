"""Whether what an alias stands for is the index that was built for it, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

from search.documents import Index
from search.engines.elasticsearch import schema

MOVED = "The alias in Elasticsearch stands for an index that was not built for it."


def own_name(alias: str) -> re.Pattern[str]:
    """The names of indexes that were built for an alias."""
    return re.compile(rf"{re.escape(alias)}-\d{{14}}-[0-9a-f]{{12}}")


def fault(alias: str, index: Index, known: Mapping[str, Any]) -> str:
    """Why what `GET <alias>` answered may not serve; empty if it may.

    A mapping that another version of the code wrote is not looked at: that index goes on serving.
    """
    if alias in known:
        return "An index of Elasticsearch has the place of the alias."
    if len(known) > 1:
        return f"The alias in Elasticsearch stands for {len(known)} indexes."
    for name, facts in known.items():
        return _fault(alias, index, name, facts)
    return "There is no index in Elasticsearch."


def _fault(alias: str, index: Index, name: str, facts: Mapping[str, Any]) -> str:
    if not own_name(alias).fullmatch(name):
        return MOVED
    if facts["aliases"][alias]:
        return "The alias in Elasticsearch was changed: it has a filter, a routing or a flag."
    if facts["settings"]["index"].get("verified_before_close") == "true":
        return "The index in Elasticsearch is closed."
    mapping = facts["mappings"]
    built_by = mapping.get("_meta", {}).get("schema")
    if not isinstance(built_by, str):
        return "The index in Elasticsearch lost what says which code built it."
    if built_by == schema.version(index) and not _is_mapped(schema.mapping(index), mapping):
        return "The index in Elasticsearch has another mapping than it was built with."
    return ""


def _is_mapped(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    fields = found.get("properties", {})
    return found.get("dynamic") == wanted["dynamic"] and all(
        fields.get(name, {}).get("type") == field["type"]
        for name, field in wanted["properties"].items()
    )
