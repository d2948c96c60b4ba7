"""How good an order is, by judgements: nDCG and recall."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.quality.judged import Query

FIRST, PAGE = 10, 20
USEFUL = 2
"""The least grade that recall counts."""


@dataclass(frozen=True, slots=True)
class Score:
    """The means over some queries: nDCG@10, recall@20 of grades 2 and 3, share without results."""

    queries: int
    ndcg: float
    recall: float
    empty: float


Found = Mapping[str, Sequence[str]]
"""For each query (by id) the practices that were found, the best first."""


def score(queries: Iterable[Query], found: Found) -> Score:
    """The means over these queries."""
    asked = list(queries)
    pairs = [(found[query.id], query.grades) for query in asked]
    return Score(
        len(asked),
        _mean(ndcg(ids, grades) for ids, grades in pairs),
        _mean(recall(ids, grades) for ids, grades in pairs),
        _mean(not ids for ids, _grades in pairs),
    )


def by_kind(queries: Iterable[Query], found: Found) -> dict[str, Score]:
    """The means over the queries of each kind, in the order of the collection."""
    kinds: dict[str, list[Query]] = {}
    for query in queries:
        kinds.setdefault(query.kind, []).append(query)
    return {kind: score(some, found) for kind, some in kinds.items()}


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """The discounted gain of the first ten, as a part of that of the best order."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _gain([grades.get(key, 0) for key in ids[:FIRST]]) / _gain(best)


def recall(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """The part of all that is clearly useful that stands on the first page."""
    useful = {key for key, grade in grades.items() if grade >= USEFUL}
    return len(useful.intersection(ids[:PAGE])) / len(useful)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
