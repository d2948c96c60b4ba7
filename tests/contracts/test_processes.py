"""Several processes on one index: readers see commits at once, writers lose nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings

from search.engines.base import Engine, Request
from search.questions.parsing import parse_text
from tests.contracts.conftest import Make
from tests.contracts.corpus import document
from tests.contracts.other_process import OtherProcess

Start = Callable[[Engine], OtherProcess]

SEARCHES = {"tantivy": 4000, "elasticsearch": 200}
"""As many as take about as long as what happens meanwhile."""


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a process on the index of an engine."""
    with ExitStack() as running:
        yield lambda engine: running.enter_context(
            OtherProcess(settings.SEARCH_URL, engine.index.name)
        )


def ids(engine: Engine, text: str = "") -> list[int]:
    return sorted(engine.search(Request(parse_text(text), limit=1000)).ids)


def test_processes_that_read_see_at_once_what_another_writes(make: Make, start: Start) -> None:
    engine = make([document(1, "training")])
    first, second, writer = start(engine), start(engine), start(engine)
    for reader in (first, second):
        assert reader.ask(do="search", text="training") == [1]
    writer.ask(do="apply", puts=[[2, "training", 1]])
    for reader in (first, second):
        assert reader.ask(do="search", text="training") == reader.ask(do="search") == [1, 2]
    writer.ask(do="apply", puts=[[2, "wijkoverleg", 2]], removals=[[1, 1]])
    for reader in (first, second):
        assert reader.ask(do="search", text="training") == []
        assert reader.ask(do="search", text="wijk") == reader.ask(do="search") == [2]
    assert (ids(engine, "wijk"), ids(engine, "training")) == ([2], [])


def test_processes_that_read_follow_a_new_index(make: Make, start: Start) -> None:
    engine = make([document(1, "oud")])
    reader, builder = start(engine), start(engine)
    assert reader.ask(do="search") == [1]
    builder.ask(do="build", puts=[[2, "nieuw", 0], [3, "nieuw", 0]])
    assert reader.ask(do="search", text="nieuw") == reader.ask(do="search") == [2, 3]
    assert ids(engine) == [2, 3]


def test_a_reader_that_came_too_early_finds_the_index_when_it_is_there(
    make: Make, start: Start
) -> None:
    engine = make([])
    reader = start(engine)
    assert reader.ask(do="search") == []
    engine.apply([document(1, "training")], ())
    assert reader.ask(do="search", text="training") == [1]


def test_of_several_writers_nothing_that_they_write_is_lost(make: Make, start: Start) -> None:
    engine = make([])
    writers = [start(engine), start(engine)]
    for number, writer in enumerate(writers):
        keys = range(number * 100 + 1, number * 100 + 16)
        writer.tell(do="apply_each", puts=[[key, f"schrijver {number}", 1] for key in keys])
    for writer in writers:
        writer.answer()
    assert ids(engine) == [*range(1, 16), *range(101, 116)]
    assert ids(engine, "schrijver 1") == [*range(101, 116)]


def test_a_build_that_is_killed_leaves_the_old_index_and_the_next_cleans_up(
    make: Make, start: Start
) -> None:
    engine = make([document(1, "oud")])
    size = engine.status().bytes_on_disk
    other = start(engine)
    assert (
        other.ask(do="build_and_wait", puts=[[key, "half", 0] for key in range(2, 50)]) == "built"
    )
    other.process.kill()
    other.process.wait()
    assert ids(engine) == [1]
    with engine.build() as builder:
        builder.apply([document(2, "nieuw")], ())
        builder.swap()
    assert ids(engine) == [2]
    assert engine.status().bytes_on_disk < 2 * size


def test_searches_go_on_while_the_index_is_built_again_and_again(make: Make, start: Start) -> None:
    puts = [[key, "training", 0] for key in range(1, 21)]
    engine = make(document(key, "training") for key in range(1, 21))
    readers, builder = [start(engine), start(engine)], start(engine)
    builder.tell(do="build", puts=puts, times=15 if engine.name == "tantivy" else 3)
    for reader in readers:
        reader.tell(do="search_much", text="training", times=SEARCHES[engine.name])
    assert [reader.answer() for reader in readers] == [[20], [20]]
    builder.answer()
    assert ids(engine) == [*range(1, 21)]


def test_searches_see_a_whole_commit_or_nothing_of_it(make: Make, start: Start) -> None:
    engine = make([document(1, "training"), document(2, "training")])
    reader, writer = start(engine), start(engine)
    writer.tell(
        do="apply_each",
        puts=[[key, "training", of] for of in range(1, 21) for key in (1, 2)],
    )
    assert reader.ask(do="search_much", text="training", times=SEARCHES[engine.name]) == [2]
    writer.answer()


def test_threads_search_and_write_at_once_without_an_error(make: Make) -> None:
    engine = make(document(key, "training") for key in range(1, 6))
    errors: list[BaseException] = []

    def often(action: Callable[[int], object]) -> None:
        try:
            for number in range(30):
                action(number)
        except BaseException as error:  # noqa: BLE001 (told by the test)
            errors.append(error)

    def search(_number: int) -> None:
        assert len(ids(engine, "training")) >= 5

    def write(number: int) -> None:
        engine.apply([document(100 + number, "training", version=1)], ())

    threads = [threading.Thread(target=often, args=[one]) for one in (search, search, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert len(ids(engine, "training")) == 35
