"""The queries of the test collection, with their judgements."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Query:
    """A query, its kind, and the grade (1 to 3) of each practice that is worth finding."""

    id: str
    kind: str
    text: str
    grades: Mapping[str, int]


def queries() -> list[Query]:
    """All queries with their judgements."""
    return [Query(row["id"], row["kind"], row["q"], row["rel"]) for row in rows("queries")]


def nothing() -> list[Query]:
    """Texts that have nothing to do with the subject, and should find nothing."""
    lines = (DATA / "nothing.txt").read_text(encoding="utf-8").splitlines()
    return [Query(f"n{number}", "niets", text, {}) for number, text in enumerate(lines, 1)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query of the demo content, and how the titles begin of what should be among the first."""

    kind: str
    text: str
    titles: tuple[str, ...]

    def is_met(self, titles: Iterable[str]) -> bool:
        """Whether one of these titles is wanted."""
        return any(title.startswith(self.titles) for title in titles)


def of_demo() -> list[Wanted]:
    """The queries that are asked of the demo content among synthetic practices."""
    lines = (DATA / "demo.tsv").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines)
    return [Wanted(kind, text, tuple(titles.split("|"))) for kind, text, titles in parts]


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file of the collection."""
    for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
