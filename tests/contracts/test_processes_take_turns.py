"""Writers of an engine that bears only one at a time: tantivy, under a lock on a file.

Elasticsearch's writers need not wait: `test_processes.py` shows that none of them loses anything.
"""

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings

from search.engines.base import Engine, Request
from tests.contracts.conftest import Make
from tests.contracts.corpus import document
from tests.contracts.other_process import OtherProcess

pytestmark = pytest.mark.parametrize("search_url", ["tantivy"], indirect=True)


def ids(engine: Engine) -> list[int]:
    return sorted(engine.search(Request(limit=1000)).ids)


@pytest.fixture
def engine(make: Make) -> Engine:
    return make([])


@pytest.fixture
def other(engine: Engine) -> Iterator[OtherProcess]:
    """A process that holds the index."""
    with OtherProcess(settings.SEARCH_URL, engine.index.name) as process:
        assert process.ask(do="hold") == "held"
        yield process


def test_a_writer_waits_for_another_in_another_process(engine: Engine, other: OtherProcess) -> None:
    writing = threading.Thread(target=engine.apply, args=([document(1, "later")], ()))
    writing.start()
    writing.join(0.2)
    assert writing.is_alive()
    assert ids(engine) == []
    assert other.ask(do="anything") == "free"
    writing.join(20)
    assert ids(engine) == [1]


def test_a_writer_that_is_killed_while_it_holds_the_index_holds_up_nobody(
    engine: Engine, other: OtherProcess
) -> None:
    other.process.kill()
    other.process.wait()
    engine.apply([document(1, "later")], ())
    assert ids(engine) == [1]
