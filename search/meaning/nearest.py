"""Which documents mean about the same as a text; nothing where no model or no vector is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.documents import Index
from search.meaning import model
from search.meaning.optional import loaded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Alike:
    """How much each document means the same as a text."""

    documents: "NDArray[np.int64]"
    """In their order."""
    similarity: "NDArray[np.float32]"

    @property
    def best(self) -> float:
        """How near the nearest is."""
        return round(float(self.similarity.max()), 3)

    def nearest(self, most: int) -> tuple[int, ...]:
        """The documents that are nearest, the first ones where several are as near."""
        # Only what is as near as the last of them is put in order, as all that takes far longer.
        last = max(len(self.documents) - most, 0)
        bar = self.similarity.copy()
        bar.partition(last)
        places = (self.similarity >= bar[last]).nonzero()[0]
        order = places[(-self.similarity[places]).argsort(kind="stable")]
        return tuple(map(int, self.documents[order[:most]]))

    def to(self, document: int) -> float:
        """How near a document is; not at all where it has no vector yet."""
        at = int(self.documents.searchsorted(document))
        if at == len(self.documents) or self.documents[at] != document:
            return 0.0
        return round(float(self.similarity[at]), 3)


def alike(index: Index, text: str) -> Alike | None:
    """What is like a text; None where words alone decide."""
    if not index.meanings or not model.name():
        return None
    encoder, matrix = loaded()
    number = None if encoder.is_loading() else matrix.number(index)
    if number is None:
        return None
    found = matrix.of(index, number)
    if not len(found.documents):
        return None
    return Alike(found.documents, found.similarity(encoder.question(text)))


def warm(index: Index) -> None:
    """Load what the first question would wait for; until then words alone decide."""
    if index.meanings and model.name():
        encoder, _matrix = loaded()
        encoder.load()
        alike(index, index.name)
