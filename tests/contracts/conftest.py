"""The engines that are held to the contract: all that tests know how to make an index in."""

from collections.abc import Callable, Iterable, Iterator
from uuid import uuid4

import pytest

from search.documents import Document, Index
from search.engines import engine_for
from search.engines.base import Engine
from tests.contracts.corpus import DOCUMENTS, Source
from tests.indexes import ENGINES, index_in

Make = Callable[[Iterable[Document]], Engine]


@pytest.fixture(scope="module", params=ENGINES)
def search_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Let SEARCH_URL name the engine under test; the name of that engine."""
    name: str = request.param
    with index_in(tmp_path_factory.getbasetemp() / f"index-{uuid4().hex}", name):
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
