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
    yield from (other for other in dict.fromkeys(_with_an_error(word)) if _has(other.encode()))


def _with_an_error(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        front, rest = word[:at], word[at:]
        yield front + rest[1:]
        yield front + rest[1:2] + rest[:1] + rest[2:]
        for letter in ascii_lowercase:
            yield front + letter + rest
            yield front + letter + rest[1:]


@cache
def _lines() -> bytes:
    """All words, each between two line ends."""
    return gzip.decompress(FILE.read_bytes())


def _has(word: bytes) -> bool:
    """Whether a line is this word: halves what is left until nothing is."""
    lines = _lines()
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", 0, (low + high) // 2 + 1) + 1
        end = lines.index(b"\n", start)
        found = lines[start:end]
        if found == word:
            return True
        if found < word:
            low = end + 1
        else:
            high = start - 1
    return False
