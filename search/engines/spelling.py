"""Words that are spelt like another one: the same choice for every engine."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT_WORD = 4
SHORTEST_WORD = 3
NEAREST = 10


def errors_allowed(word: str) -> int:
    """How many typing errors a word may have; nothing is like a word that is too short."""
    if len(word) < SHORTEST_WORD:
        return 0
    return 1 if len(word) <= SHORT_WORD else 2


def nearest(word: str, counts: Mapping[str, int]) -> list[str]:
    """The words most like `word`, which have few errors and then many documents.

    `counts` says in how many documents each word occurs; the word itself is left out.
    """
    errors = errors_allowed(word)
    if not errors:
        return []
    near = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=errors, limit=None)
    ranked = sorted((distance, -counts[term], term) for term, distance, _at in near if distance)
    return [term for _distance, _count, term in ranked[:NEAREST]]
