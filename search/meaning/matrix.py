"""All vectors of an index in the memory of a process, brought up to date with each question."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.documents import Index, batches
from search.meaning import model
from search.meaning.model import SCALE, SIZE
from search.models import Meaning, Meanings

BLOCK = 256
"""Vectors that are multiplied together: few enough for the cache of a processor."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The vectors of one state of an index, by document."""

    number: int
    keys: NDArray[np.int64]
    """The primary keys of the rows, in the order of their documents."""
    documents: NDArray[np.int64]
    vectors: NDArray[np.int8]
    """For each document so many vectors as its index has."""

    def similarity(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """How near the nearest vector of each document is, in thousandths: from -1 to 1."""
        flat = self.vectors.reshape(-1, SIZE)
        found = np.empty(len(flat), dtype=np.float32)
        # One block for all: memory that is new each time costs more than the multiplication.
        block = np.empty((BLOCK, SIZE), dtype=np.float32)
        for start in range(0, len(flat), BLOCK):
            some = flat[start : start + BLOCK]
            np.copyto(block[: len(some)], some)
            np.dot(block[: len(some)], vector, out=found[start : start + BLOCK])
        best = found.reshape(self.vectors.shape[:2]).max(axis=1) / SCALE
        rounded: NDArray[np.float32] = best.round(3)
        return rounded


_kept: dict[Index, Matrix] = {}
_reading = Lock()


def number(index: Index) -> int | None:
    """Of which state all vectors are; None where they are not all made as they are now."""
    states = Meanings.objects.filter(index=index.name, model=model.made_by(index))
    return next(iter(states.values_list("number", flat=True)), None)


def of(index: Index, number: int) -> Matrix:
    """The vectors at least of this number; those that are here already are not read again."""
    matrix = _kept.get(index)
    if matrix is not None and matrix.number == number:
        return matrix
    with _reading:
        matrix = _kept.get(index)
        if matrix is None or matrix.number != number:
            matrix = _kept[index] = _read(index, number, matrix)
        return matrix


def forget() -> None:
    """Drop all vectors: for tests, whose databases go back to an old number."""
    _kept.clear()


def _read(index: Index, number: int, old: Matrix | None) -> Matrix:
    rows = Meaning.objects.filter(index=index.name).order_by("document")
    pairs = np.array(list(rows.values_list("pk", "document")), dtype=np.int64).reshape(-1, 2)
    keys, documents = pairs[:, 0], pairs[:, 1]
    vectors = np.zeros((len(keys), len(index.meanings), SIZE), dtype=np.int8)
    is_new = np.ones(len(keys), dtype=bool)
    if old is not None:
        _here, at, before = np.intersect1d(keys, old.keys, return_indices=True)
        vectors[at] = old.vectors[before]
        is_new[at] = False
    places = {int(keys[at]): int(at) for at in np.flatnonzero(is_new)}
    for some in batches(places):
        _fill(vectors, places, some)
    return Matrix(number, keys, documents, vectors)


def _fill(vectors: NDArray[np.int8], places: dict[int, int], some: Sequence[int]) -> None:
    """Read the vectors of some rows; one that is gone by now stays without direction."""
    size = vectors[0].nbytes
    for key, blob in Meaning.objects.filter(pk__in=some).values_list("pk", "vectors"):
        if len(blob) == size:
            vectors[places[key]] = np.frombuffer(blob, dtype=np.int8).reshape(-1, SIZE)
