"""What tests of the outbox share."""

import pytest

from search.indexing.rebuild import rebuild
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def shelf(db: None) -> Shelf:
    """An index that follows the outbox, with nothing in it."""
    made = Shelf()
    rebuild(made.index)
    return made
