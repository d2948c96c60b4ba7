"""Some rows of a table, asked for by their numbers in the whole of it."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class Rows:
    """Gives rows as the table does; one that was not kept is the first."""

    def __init__(self, table: NDArray[np.uint8], kept: Iterable[int]) -> None:
        numbers = np.unique(np.fromiter(kept, dtype=np.int64))
        self._rows = table[numbers]
        self._places = np.zeros(len(table), dtype=np.int32)
        self._places[numbers] = np.arange(len(numbers), dtype=np.int32)

    def __getitem__(self, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
        rows: NDArray[np.uint8] = self._rows[self._places[numbers]]
        return rows
