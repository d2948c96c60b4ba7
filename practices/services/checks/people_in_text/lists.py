"""The Dutch words by which names, streets and groups are recognised; they stand in `words.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from practices.services.reference.files import read_municipalities

_FOLDER = Path(__file__).parent
_LISTS = tomllib.loads((_FOLDER / "words.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


FIRST_NAMES = frozenset((_FOLDER / "first_names.txt").read_text(encoding="utf-8").split())
"""Common first names in the Netherlands."""

PREFIXES = _set("prefixes")
TITLES = _set("titles")
ACADEMIC = _set("academic")
OFFICES = _set("offices")
RELATIONS = _set("relations")
FIELDS = _set("fields")
ORGANISATIONS = _set("organisations")
ORGANISATION_ENDS = tuple(_LISTS["organisation_ends"].split())
STREET_ENDS = tuple(_LISTS["street_ends"].split())
PUBLIC_NAMES = frozenset(_LISTS["public_names"])
LABELLED = _set("labelled")
STARTERS = _set("starters")
SMALL_NUMBERS = _set("small_numbers")
ONE = _set("one")
GROUPS = _set("groups")
SINGLE = _set("single")
SEVERAL = _set("several")
NO_ADJECTIVES = _set("no_adjectives")
AFTER_A_GROUP = _set("after_a_group")


@cache
def places() -> frozenset[str]:
    """The names of municipalities and of towns in them, small letters; from the reference files."""
    return frozenset(
        name.lower() for row in read_municipalities() for name in (row.name, *row.aliases)
    )
