"""Delivery to a real engine: what one document brings about never holds up the others."""

import shutil
from pathlib import Path

import pytest
from django.db import OperationalError

from search.claims import ATTEMPTS, mark_delivered
from search.drain import drain, refused_of
from search.engines.base import EngineError, IndexMissingError
from search.engines.tantivy import TantivyEngine
from search.models import Change, Follower
from search.outbox import backlog, record
from search.rebuild import rebuild
from search.upkeep import keep_up
from tests.search.shelf import Shelf


def errors(shelf: Shelf) -> dict[int, str]:
    rows = Change.objects.filter(follower=shelf.engine.follower, attempts__gt=0)
    return dict(rows.values_list("document", "error"))


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


def test_a_database_that_is_away_is_no_document_s_fault() -> None:
    def away(_keys: object) -> None:
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        refused_of([1, 2], away)


@pytest.mark.usefixtures("on_tantivy")
def test_an_engine_that_cannot_be_written_gets_everything_later(shelf: Shelf) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    engine = shelf.engine
    assert isinstance(engine, TantivyEngine)
    aside = engine.folder.with_name("aside")
    engine.folder.rename(aside)
    engine.folder.write_text("a file in the way")
    with pytest.raises(EngineError):
        keep_up(shelf.index, engine, may_rebuild_shared=True)
    row = Follower.objects.get(name=engine.follower)
    assert (row.failures, bool(row.paused_until), bool(row.error)) == (1, True, True)
    assert errors(shelf) == {}
    assert keep_up(shelf.index, engine, may_rebuild_shared=True) == 0, "it is paused"
    engine.folder.unlink()
    aside.rename(engine.folder)
    Follower.objects.update(paused_until=None)
    assert keep_up(shelf.index, engine, may_rebuild_shared=True) == 2
    row.refresh_from_db()
    assert (row.failures, row.paused_until, row.error) == (0, None, "")
    assert shelf.found() == [1, 2]


@pytest.mark.usefixtures("on_tantivy")
def test_an_index_that_is_gone_is_built_whole_by_the_next_delivery(shelf: Shelf) -> None:
    shelf.put(1, 2, 3)
    record(shelf.index, [1, 2, 3])
    drain(shelf.index, shelf.engine)
    engine = shelf.engine
    assert isinstance(engine, TantivyEngine)
    (engine.folder / "live").unlink()
    record(shelf.index, [3])
    with pytest.raises(IndexMissingError):
        drain(shelf.index, engine)
    keep_up(shelf.index, engine, may_rebuild_shared=False)
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


@pytest.mark.usefixtures("on_tantivy")
def test_what_reached_the_old_index_while_the_new_took_its_place_is_not_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on engines whose writers on other machines cannot be held off."""
    from search.engines.tantivy import _TantivyBuilder

    shelf.put(1)
    swap = _TantivyBuilder.swap

    def swap_late(builder: _TantivyBuilder) -> None:
        shelf.put(1, title="wijkoverleg")
        record(shelf.index, [1])
        drain(shelf.index, shelf.engine)
        swap(builder)

    monkeypatch.setattr(_TantivyBuilder, "swap", swap_late)
    rebuild(shelf.index)
    assert shelf.found("wijkoverleg") == [1]


@pytest.mark.usefixtures("on_tantivy")
def test_a_rebuild_that_dies_at_the_swap_does_not_count(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engines.tantivy import _TantivyBuilder

    def die(_builder: object) -> None:
        raise KeyboardInterrupt

    shelf.put(1)
    with monkeypatch.context() as patched:
        patched.setattr(_TantivyBuilder, "swap", die)
        with pytest.raises(KeyboardInterrupt):
            rebuild(shelf.index)
    assert not Follower.objects.get(name=shelf.engine.follower).is_current
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
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


def test_a_removal_is_remembered_over_a_rebuild(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    drain(shelf.index, shelf.engine)
    late = next(iter(shelf.index.load([1]))).at_version(1)
    del shelf.titles[1]
    record(shelf.index, [1])
    rebuild(shelf.index)
    shelf.engine.apply([late], ())
    assert shelf.found() == [2]


@pytest.mark.usefixtures("on_tantivy")
def test_an_index_that_was_lost_is_built_again_though_nothing_changed(shelf: Shelf) -> None:
    shelf.put(1, 2)
    record(shelf.index, [1, 2])
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
    assert isinstance(shelf.engine, TantivyEngine)
    shutil.rmtree(shelf.engine.folder)
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
    assert shelf.found("training") == [1, 2]
