"""The engines that are held to the contract; a new engine is one more line in `ENGINES`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pytest

from search.documents import Document, Index
from search.engines import engine_for
from search.engines.base import Engine
from tests.contracts.corpus import DOCUMENTS, Source
from tests.indexes import index_in

Make = Callable[[Iterable[Document]], Engine]


def in_a_folder(base: Path) -> AbstractContextManager[object]:
    return index_in(base / f"index-{uuid4().hex}")


ENGINES: dict[str, Callable[[Path], AbstractContextManager[object]]] = {
    # How SEARCH_URL is set for as long as a module runs, given a folder of its own.
    "tantivy": in_a_folder,
}


@pytest.fixture(scope="module", params=ENGINES)
def search_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Let SEARCH_URL name the engine under test; the name of that engine."""
    name: str = request.param
    with ENGINES[name](tmp_path_factory.getbasetemp()):
        yield name


def new_index(documents: Iterable[Document] = ()) -> Index:
    """An index of its own, with nothing in it yet."""
    return Source.of(documents).index(f"contract-{uuid4().hex}")


@pytest.fixture
def make(search_url: str) -> Make:
    """Makes an engine that holds documents."""

    def engine_with(documents: Iterable[Document]) -> Engine:
        documents = list(documents)
        engine = engine_for(new_index(documents))
        with engine.build() as builder:
            builder.apply(documents, ())
            builder.swap()
        return engine

    return engine_with


@pytest.fixture(scope="module")
def corpus(search_url: str) -> Engine:
    """An engine that holds the corpus, which no test may change."""
    engine = engine_for(new_index(DOCUMENTS))
    with engine.build() as builder:
        builder.apply(DOCUMENTS, ())
        builder.swap()
    return engine
