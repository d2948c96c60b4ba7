"""What tests of meaning share."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.documents import Index, _indexes, register
from search.indexing.rebuild import rebuild
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def shelf(db: None) -> Iterator[Shelf]:
    """An index whose titles have a meaning, with nothing in it."""
    made = Shelf()
    made.index = register(replace(made.index, meanings=(("title",), ("title", "body"))))
    rebuild(made.index)
    yield made
    del _indexes[made.index.name]


@pytest.fixture
def index(shelf: Shelf) -> Index:
    return shelf.index
