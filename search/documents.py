"""What is searched: documents, and the index that says how they are searched."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice


@dataclass(frozen=True, slots=True)
class Document:
    """One document as engines store it."""

    id: int
    """Positive and unique within the index."""
    text: Mapping[str, Sequence[str]]
    """Texts for each text field of the index."""
    facets: Mapping[str, Sequence[str]]
    """Values for each facet, broader values included."""
    sort: Mapping[str, int]
    """A number for each order of the index."""
    passages: Sequence[str] = ()
    """Texts from which a passage may be shown."""
    version: int = 0
    """Goes up with every change; an engine never replaces a newer version by an older."""

    def at_version(self, version: int) -> "Document":
        """The same document with the version that the outbox gave it."""
        return replace(self, version=version)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A set of documents of one kind: how they are read and how they are searched."""

    name: str
    weights: Mapping[str, float]
    """How much a hit in each text field counts."""
    facets: tuple[str, ...]
    orders: Mapping[str, bool]
    """The orders besides relevance: whether the highest number comes first."""
    load: Callable[[Sequence[int]], Iterable[Document]]
    """Those of the documents that everybody may see now."""
    ids: Callable[[], Iterable[int]]
    """The ids of all documents that everybody may see now."""
    schema: str = field(default="1")
    """Goes up when the same source gives other documents."""
    meanings: tuple[tuple[str, ...], ...] = ()
    """Text fields of which a vector is made, for each vector; none where meaning is not asked."""
    subjects: tuple[str, ...] = ()
    """The facets whose values tell what a document is about: a place or a year is none."""
    is_vital: bool = True
    """Whether a site that lacks this index cannot serve its visitors."""


_indexes: dict[str, Index] = {}


def register(index: Index) -> Index:
    """Make an index known to outbox, commands and workers."""
    _indexes[index.name] = index
    return index


def registered() -> Iterator[Index]:
    """All indexes of the site."""
    yield from list(_indexes.values())


BATCH = 500


def batches(ids: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """The ids in lists of at most `size`, so that no statement grows too long."""
    remaining = iter(ids)
    while batch := list(islice(remaining, size)):
        yield batch
