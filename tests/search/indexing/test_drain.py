"""Delivery to a real engine: what one document brings about never holds up the others."""

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from search.engines.base import Builder, Engine, EngineError, IndexMissingError
from search.indexing import pauses
from search.indexing.claims import ATTEMPTS, mark_delivered
from search.indexing.drain import drain, refused_of
from search.indexing.outbox import backlog, record
from search.indexing.rebuild import rebuild
from search.models import Change, Follower
from tests.indexes import lose, unwritable
from tests.search.indexing.shelf import Shelf


def errors(shelf: Shelf) -> dict[int, str]:
    rows = Change.objects.filter(follower=shelf.engine.follower, attempts__gt=0)
    return dict(rows.values_list("document", "error"))


def builders_of(engine: Engine) -> type[Builder]:
    """The class of what builds its indexes."""
    with engine.build() as builder:
        return type(builder)


def test_what_was_recorded_is_found_and_what_is_gone_is_not(shelf: Shelf) -> None:
    shelf.put(1, 2, 3)
    record(shelf.index, [1, 2, 3])
    assert drain(shelf.index, shelf.engine) == 3
    del shelf.titles[2]
    record(shelf.index, [2])
    assert drain(shelf.index, shelf.engine) == 1
    assert shelf.found() == shelf.found("training") == [1, 3]
    assert drain(shelf.index, shelf.engine) == 0


@pytest.mark.parametrize("kind", ["unreadable", "unwritable"])
def test_broken_documents_hold_up_no_other_and_keep_their_error(shelf: Shelf, kind: str) -> None:
    shelf.put(*range(1, 101))
    getattr(shelf, kind).update({7, 8, 90})
    record(shelf.index, range(1, 101))
    assert drain(shelf.index, shelf.engine) == 97
    assert set(range(1, 101)) - set(shelf.found()) == {7, 8, 90}
    told = errors(shelf)
    assert set(told) == {7, 8, 90}
    assert all("Error" in error for error in told.values())
    assert backlog(shelf.index).pending == 3


@pytest.mark.parametrize("kind", ["unreadable", "unwritable"])
def test_a_broken_document_is_set_aside_and_mended_it_is_delivered(shelf: Shelf, kind: str) -> None:
    shelf.put(1, 2)
    getattr(shelf, kind).add(2)
    record(shelf.index, [1, 2])
    for _attempt in range(ATTEMPTS + 2):
        drain(shelf.index, shelf.engine)
        Change.objects.update(not_before=None)
    assert Change.objects.get(document=2).attempts == ATTEMPTS
    assert backlog(shelf.index).set_aside == 1
    getattr(shelf, kind).clear()
    record(shelf.index, [2])
    assert drain(shelf.index, shelf.engine) == 1
    assert (shelf.found(), backlog(shelf.index).pending) == ([1, 2], 0)


def test_a_broken_document_does_not_fail_a_rebuild_and_is_set_aside(shelf: Shelf) -> None:
    shelf.put(1, 2, 3, 4)
    shelf.unreadable.add(2)
    shelf.unwritable.add(3)
    record(shelf.index, [1, 2])
    assert rebuild(shelf.index) == 2
    assert shelf.found() == [1, 4]
    aside = Change.objects.filter(is_set_aside=True).values_list("document", flat=True)
    assert set(aside) == {2, 3}
    shelf.unreadable.clear()
    shelf.unwritable.clear()
    assert rebuild(shelf.index) == 4
    assert shelf.found() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "kind", [DatabaseError, InterfaceError, OperationalError, ProgrammingError]
)
def test_what_the_database_says_is_no_document_s_fault(kind: type[Exception]) -> None:
    def away(_keys: object) -> None:
        raise kind("gone")

    for keys in ([1, 2], [1]):
        with pytest.raises(kind):
            refused_of(keys, away)


def test_an_engine_that_cannot_be_written_gets_everything_later(shelf: Shelf) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    engine = shelf.engine
    with unwritable(engine):
        with pytest.raises(EngineError):
            shelf.keep_up()
        assert Follower.objects.get(name=engine.follower).error
        assert errors(shelf) == {}
        assert shelf.keep_up() == 0, "it is paused"
    pauses.lift(engine.follower)
    assert shelf.keep_up() == 2
    assert not Follower.objects.get(name=engine.follower).error
    assert shelf.found() == [1, 2]


def test_an_index_that_is_gone_is_built_whole_by_the_next_delivery(shelf: Shelf) -> None:
    shelf.put(1, 2, 3)
    record(shelf.index, [1, 2, 3])
    drain(shelf.index, shelf.engine)
    lose(shelf.engine)
    record(shelf.index, [3])
    with pytest.raises(IndexMissingError):
        drain(shelf.index, shelf.engine)
    shelf.keep_up()
    assert (shelf.found(), backlog(shelf.index).pending) == ([1, 2, 3], 0)


def test_what_changes_during_a_rebuild_is_in_the_new_index(shelf: Shelf) -> None:
    shelf.put(1, 2, 3)
    record(shelf.index, [1, 2, 3])

    def edit(_count: int) -> None:
        shelf.put(1, title="wijkoverleg")
        shelf.put(4)
        del shelf.titles[2]
        record(shelf.index, [1, 2, 4])

    rebuild(shelf.index, progress=edit)
    assert (shelf.found(), shelf.found("wijkoverleg")) == ([1, 3, 4], [1])
    assert backlog(shelf.index).pending == 0


def test_what_reached_the_old_index_while_the_new_took_its_place_is_not_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on engines whose writers on other machines cannot be held off."""
    shelf.put(1)
    builders = builders_of(shelf.engine)
    swap = builders.swap

    def swap_late(builder: Builder) -> None:
        shelf.put(1, title="wijkoverleg")
        record(shelf.index, [1])
        drain(shelf.index, shelf.engine)
        swap(builder)

    monkeypatch.setattr(builders, "swap", swap_late)
    rebuild(shelf.index)
    assert shelf.found("wijkoverleg") == [1]


def test_a_rebuild_that_dies_at_the_swap_does_not_count(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_builder: object) -> None:
        raise KeyboardInterrupt

    shelf.put(1)
    with monkeypatch.context() as patched:
        patched.setattr(builders_of(shelf.engine), "swap", die)
        with pytest.raises(KeyboardInterrupt):
            rebuild(shelf.index)
    assert not Follower.objects.get(name=shelf.engine.follower).is_current
    shelf.keep_up()
    assert Follower.objects.get(name=shelf.engine.follower).is_current
    assert shelf.found() == [1]


def test_a_change_delivered_twice_or_late_does_no_harm(shelf: Shelf) -> None:
    shelf.put(1, title="oud")
    record(shelf.index, [1])
    drain(shelf.index, shelf.engine)
    late = next(iter(shelf.index.load([1]))).at_version(1)
    shelf.put(1, title="nieuw")
    record(shelf.index, [1])
    drain(shelf.index, shelf.engine)
    shelf.engine.apply([late], ())
    mark_delivered(shelf.engine.follower, {1: 1})
    assert (shelf.found("nieuw"), shelf.found("oud")) == ([1], [])


def test_a_removal_is_remembered_over_a_rebuild(shelf: Shelf) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    drain(shelf.index, shelf.engine)
    late = next(iter(shelf.index.load([1]))).at_version(1)
    del shelf.titles[1]
    record(shelf.index, [1])
    rebuild(shelf.index)
    shelf.engine.apply([late], ())
    assert shelf.found() == [2]


def test_an_index_that_was_lost_is_built_again_though_nothing_changed(shelf: Shelf) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    shelf.keep_up()
    lose(shelf.engine)
    shelf.keep_up()
    assert shelf.found("training") == [1, 2]
