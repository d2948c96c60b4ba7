"""The reference files as typed rows; what they hold is explained in the README beside them."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from practices.models import SynonymGroup

FOLDER = Path(__file__).parent
INHABITANTS_ON = date(2022, 1, 1)
# The name that a municipality uses for itself, where CBS has another (docs/decisions/0020).
OWN_NAMES = {"GM0518": "Den Haag"}


@dataclass(frozen=True)
class TermRow:
    """One term of `terms.toml`; the position is its place in the vocabulary."""

    vocabulary: str
    slug: str
    label: str
    definition: str
    parent: str | None
    position: int


@dataclass(frozen=True)
class MunicipalityRow:
    """One municipality: facts of CBS, and the names by which people look for it."""

    code: str
    name: str
    slug: str
    province: str
    inhabitants: int
    urbanity: int | None
    x: int
    y: int
    neighbours: tuple[str, ...]
    aliases: tuple[str, ...]


def read_terms() -> Iterator[TermRow]:
    """All terms of all vocabularies, in the order of the file."""
    for vocabulary, rows in _toml("terms.toml").items():
        for position, row in enumerate(rows):
            yield TermRow(
                vocabulary=vocabulary,
                slug=row["slug"],
                label=row["label"],
                definition=row["definition"],
                parent=row.get("parent"),
                position=position,
            )


def read_synonyms() -> dict[str, list[list[str]]]:
    """The groups of words that find each other, and those of the thesaurus, by their kind."""
    thesaurus = _toml("thesaurus.toml")
    return {
        SynonymGroup.Kind.SAME: [group["words"] for group in _toml("synonyms.toml")["group"]],
        SynonymGroup.Kind.LIKE: [group["words"] for group in thesaurus["same"]],
        SynonymGroup.Kind.BROADER: [
            [group["term"], *group["narrower"]] for group in thesaurus["about"]
        ],
    }


def read_municipalities() -> list[MunicipalityRow]:
    """All municipalities, with their slugs, neighbours and aliases."""
    aliases = _toml("municipality_aliases.toml")
    with (FOLDER / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    slugs = slugs_of({row["code"]: row["name"] for row in rows})
    return [
        MunicipalityRow(
            code=row["code"],
            name=row["name"],
            slug=slugs[row["code"]],
            province=row["province_code"],
            inhabitants=int(row["inhabitants_2022"]),
            urbanity=int(row["urbanity_class"]) if row["urbanity_class"] else None,
            x=int(row["centre_x_m"]),
            y=int(row["centre_y_m"]),
            neighbours=tuple(row["neighbours"].split()),
            aliases=tuple(aliases.get(row["code"], ())),
        )
        for row in rows
    ]


def slugs_of(names: dict[str, str]) -> dict[str, str]:
    """The slug of each municipality: its own name, with CBS's addition only where two are alike."""
    names = {code: OWN_NAMES.get(code, name) for code, name in names.items()}
    short = {code: slugify(re.sub(r" \(.*\)$", "", name)) for code, name in names.items()}
    alike = Counter(short.values())
    return {
        code: slug if alike[slug] == 1 else slugify(names[code]) for code, slug in short.items()
    }


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
