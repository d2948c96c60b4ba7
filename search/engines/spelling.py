"""Words that are spelt like another one: the same choice for every engine."""

import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT_WORD, LONG_WORD = 4, 7
SHORTEST_WORD = 3
NEAREST = 10
SOUNDS_ALIKE = 0.5
"""An error that cannot be heard, beside one letter too few, too many or other."""
SWAPPED = 0.75
"""Letters in another order."""
BEGINS_OTHERWISE = 0.5
"""What an error adds that changes the first letter: few are made there."""
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ij|y", "ei"), ("ou", "au"), ("ph", "f"), ("th", "t"), ("x", "ks"), ("qu", "kw"),
        ("ch", "g"), ("c(?=[ei])", "s"), ("c", "k"), ("z", "s"), ("v", "f"), ("tie", "sie"),
        ("ie", "i"), ("dt|d", "t"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip


def errors_allowed(word: str) -> int:
    """How many typing errors a word may have; nothing is like a word that is too short."""
    if len(word) < SHORTEST_WORD:
        return 0
    return 1 if len(word) <= SHORT_WORD else 2


def nearest(word: str, counts: Mapping[str, int]) -> list[str]:
    """The words most like `word`, which have few and small errors and then many documents.

    `counts` says in how many documents each word occurs; the word itself is left out.
    """
    errors = errors_allowed(word)
    if not errors:
        return []
    near = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=errors, limit=None)
    ranked = sorted((error(word, term), -counts[term], term) for term, away, _at in near if away)
    return [term for _error, _count, term in ranked[:NEAREST]]


def error(word: str, other: str) -> float:
    """How great an error makes one word of another: one for a letter, less for what is usual."""
    away: float = OSA.distance(word, other)
    if sorted(word) == sorted(other):
        away *= SWAPPED
    away = min(away, SOUNDS_ALIKE + OSA.distance(sound(word), sound(other)))
    return away + (BEGINS_OTHERWISE if word[:1] != other[:1] else 0)


def is_likely(word: str, other: str) -> bool:
    """Whether somebody who typed `word` meant `other`: long words may have more errors."""
    return error(word, other) <= (1 if len(word) < LONG_WORD else 2)


def sound(word: str) -> str:
    """About how a folded word sounds, so that `ei` is `ij`, and `d` at the end is `t`."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word
