"""What tests of answers share: a reader that counts, and an index of a few documents."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from search.documents import Document
from search.engines import engine_for
from search.engines.base import Engine, Reader
from tests.contracts.corpus import Source
from tests.indexes import index_in


class Counting:
    """Passes on what a reader is asked, and keeps by which question."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> object:
        self.asked.append(name)
        return getattr(self.reader, name)


@contextmanager
def engine_with(documents: Collection[Document], folder: Path) -> Iterator[Engine]:
    """An engine whose index, named after the folder, has these documents."""
    with index_in(folder):
        made = engine_for(Source.of(documents).index(folder.name.rstrip("0123456789")))
        with made.build() as builder:
            builder.apply(documents, ())
            builder.swap()
        yield made
