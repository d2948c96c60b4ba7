"""A rebuild never lets a much poorer index serve, unless somebody says so."""

import logging
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from search import documents
from search.documents import Document
from search.indexing import pauses, upkeep
from search.indexing.drain import drain
from search.indexing.outbox import backlog, record
from search.indexing.poorer import PoorerError
from search.indexing.rebuild import rebuild
from search.models import Change, Follower
from tests.indexes import lose
from tests.search.indexing.shelf import Shelf

EVERY = [*range(1, 31)]


@pytest.fixture
def full(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The only index of the site, with thirty documents."""
    monkeypatch.setattr(documents, "_indexes", {shelf.index.name: shelf.index})
    shelf.put(*EVERY)
    record(shelf.index, EVERY)
    drain(shelf.index, shelf.engine)
    yield shelf
    upkeep._put_off.clear()


def fail(_ids: Sequence[int]) -> Iterator[Document]:
    raise DatabaseError("relation does not exist")


def command(*options: str) -> str:
    errors = StringIO()
    try:
        call_command("search_rebuild", *options, stdout=StringIO(), stderr=errors)
    except CommandError as error:
        return f"{errors.getvalue()} {error}"
    return ""


def alarm() -> str:
    return Follower.objects.get().alarm


def must_be_as_before(shelf: Shelf) -> None:
    assert shelf.found() == EVERY
    assert not Change.objects.filter(is_set_aside=True).exists()


def test_a_database_that_fails_while_it_is_read_ends_the_rebuild(
    full: Shelf,
) -> None:
    object.__setattr__(full.index, "load", fail)
    assert "relation does not exist" in command()
    assert "relation does not exist" in command("--allow-shrink"), "nobody wants to lose these"
    must_be_as_before(full)
    assert Follower.objects.get().is_current


@pytest.mark.parametrize("kind", ["unreadable", "unwritable"])
def test_documents_that_fail_all_together_are_not_at_fault(full: Shelf, kind: str) -> None:
    getattr(full, kind).update(EVERY[:4])
    told = command()
    assert "4 of 30 documents could not be indexed" in told
    assert "1 zoekindex is niet bijgewerkt" in told
    must_be_as_before(full)
    assert "say --allow-shrink" in alarm()
    assert command("--allow-shrink") == ""
    assert full.found() == EVERY[4:]
    assert not alarm()


def test_a_few_that_cannot_be_indexed_hold_up_no_rebuild(full: Shelf) -> None:
    full.unreadable.update(EVERY[:3])
    assert command() == ""
    assert full.found() == EVERY[3:]
    assert backlog(full.index).set_aside == 3


def test_a_database_that_looks_empty_empties_no_index(full: Shelf) -> None:
    full.titles.clear()
    assert "30 of the 30 documents of the index are not public" in command()
    must_be_as_before(full)
    assert command("--allow-shrink") == ""
    assert full.found() == []


def test_what_is_gone_and_on_its_way_to_the_index_is_no_loss(full: Shelf) -> None:
    full.titles.clear()
    record(full.index, EVERY)
    assert rebuild(full.index) == 0
    assert full.found() == []


def test_what_goes_while_the_index_is_built_is_no_loss(full: Shelf) -> None:
    def withdraw(_count: int) -> None:
        full.titles.clear()
        record(full.index, EVERY)

    assert rebuild(full.index, progress=withdraw) == 0
    assert full.found() == []


def test_a_worker_keeps_the_old_index_up_to_date_and_alarms_once(
    full: Shelf, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Follower.objects.update(is_current=False)
    full.unreadable.update(EVERY[:10])
    full.put(20, title="wijkoverleg")
    record(full.index, [20])
    rebuilt: list[Any] = []

    def counted(*args: Any, **more: Any) -> int:
        rebuilt.append(args)
        return rebuild(*args, **more)

    monkeypatch.setattr(upkeep, "rebuild", counted)
    for _tick in range(3):
        full.keep_up()
    assert (full.found(), full.found("wijkoverleg")) == (EVERY, [20])
    assert len(rebuilt) == 1, "it takes long, and would give the same"
    assert "say --allow-shrink" in alarm()
    errors = [line for line in caplog.records if line.levelno == logging.ERROR]
    assert len(errors) == 1
    full.unreadable.clear()
    upkeep._put_off.clear()
    full.keep_up()
    assert Follower.objects.get().is_current
    assert not alarm()


def test_an_index_that_was_lost_is_not_replaced_by_an_empty_one(full: Shelf) -> None:
    full.unreadable.update(EVERY)
    lose(full.engine)
    with pytest.raises(PoorerError):
        full.keep_up()
    assert not Change.objects.filter(is_set_aside=True).exists()
    pauses.lift(full.engine.follower)
    upkeep._put_off.clear()
    full.unreadable.clear()
    full.keep_up()
    must_be_as_before(full)


def test_a_first_index_with_a_few_documents_may_lack_some(shelf: Shelf) -> None:
    shelf.put(1, 2, 3)
    shelf.unreadable.update({1, 2})
    assert rebuild(shelf.index) == 1
    assert shelf.found() == [3]
