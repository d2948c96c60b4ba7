"""The words that Dutch has, so that none of them is taken for a typing error.

From the word list of OpenTaal (decision 0080), folded and sorted: a line of bytes for each word,
kept as they are and searched in halves. That costs five megabytes, where a set costs forty.
"""

import gzip
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase

FILE = Path(__file__).with_name("dutch_words.txt.gz")
SHORTEST_PART = 4
"""Letters of each part of a compound that no list has: shorter ones fit in nearly any word."""
LINKS = ("", "s", "en", "n")


@lru_cache(maxsize=4096)
def is_word(folded: str) -> bool:
    """Whether a folded word stands in the list."""
    return _has(folded.encode())


@lru_cache(maxsize=4096)
def is_known(folded: str) -> bool:
    """Whether a folded word stands in the list, or is made of two words that do."""
    return is_word(folded) or any(
        is_word(folded[:at].removesuffix(link)) and is_word(folded[at:])
        for at in range(SHORTEST_PART, len(folded) - SHORTEST_PART + 1)
        for link in LINKS
        if folded[:at].endswith(link) and at - len(link) >= SHORTEST_PART
    )


def one_error_away(word: str) -> Iterator[str]:
    """The words of the list that lack one letter, have one more or another, or two swapped."""
    yield from dict.fromkeys(_one_error_away(word))


def _one_error_away(word: str) -> Iterator[str]:
    low, high = 0, len(_lines())
    for at in range(len(word) + 1):
        front, rest = word[:at], word[at:]
        low, high = _beginning(front.encode(), low, high)
        if low == high:
            return
        for other in _with_an_error(front, rest):
            if _has(other.encode(), low, high):
                yield other


def _with_an_error(front: str, rest: str) -> Iterator[str]:
    """What begins so, and has one error where the rest begins."""
    yield front + rest[1:]
    yield front + rest[1:2] + rest[:1] + rest[2:]
    for letter in ascii_lowercase:
        yield front + letter + rest
        yield front + letter + rest[1:]


@cache
def _lines() -> bytes:
    """All words, each between two line ends."""
    return gzip.decompress(FILE.read_bytes())


def _has(word: bytes, low: int = 0, high: int | None = None) -> bool:
    """Whether a line is this word, among lines that stand here."""
    lines = _lines()
    at = _place(word, low, len(lines) if high is None else high)
    return lines.startswith(word + b"\n", at)


def _beginning(front: bytes, low: int, high: int) -> tuple[int, int]:
    """Where, among lines that stand here, those stand that begin so."""
    first = _place(front, low, high)
    return first, _place(front + b"\xff", first, high)


def _place(word: bytes, low: int, high: int) -> int:
    """Where the first line stands that is not before a word: halves what is left until nothing."""
    lines = _lines()
    while low < high:
        start = max(low, lines.rfind(b"\n", low, (low + high) // 2) + 1)
        end = lines.index(b"\n", start)
        if lines[start:end] < word:
            low = end + 1
        else:
            high = start
    return low
