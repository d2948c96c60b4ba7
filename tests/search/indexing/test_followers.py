"""Followers: each hears of everything; new ones are built first, and those gone are dropped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.engines.base import EngineError
from search.indexing import followers
from search.indexing.followers import LeaseError, drop_gone, is_paused, keep, lease, pause
from search.indexing.outbox import record
from search.indexing.upkeep import keep_up
from search.models import Change, Follower
from tests.indexes import lose
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def shared(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """An index that counts as one that machines share."""
    monkeypatch.setattr(type(shelf.engine), "is_local", False)
    return shelf


def test_a_change_is_recorded_for_every_follower_of_its_index(shelf: Shelf) -> None:
    now = timezone.now()
    Follower.objects.create(name="elsewhere", index=shelf.index.name, seen_at=now)
    Follower.objects.create(name="another", index="another index", seen_at=now)
    record(shelf.index, [1, 2])
    record(shelf.index, [2])
    rows = Change.objects.values_list("follower", "document", "version")
    assert set(rows) == {
        (name, key, key) for name in ("elsewhere", shelf.engine.follower) for key in (1, 2)
    }


def test_a_new_follower_is_built_with_what_happened_before(shelf: Shelf) -> None:
    shelf.put(1, 2)
    Follower.objects.all().delete()
    assert not keep(shelf.index, shelf.engine).is_current
    shelf.keep_up()
    assert keep(shelf.index, shelf.engine).is_current
    assert shelf.found() == [1, 2]


def test_a_web_server_leaves_a_shared_index_to_workers(shared: Shelf) -> None:
    shared.put(1, 2)
    Follower.objects.update(is_current=False)
    record(shared.index, [2])
    assert keep_up(shared.index, shared.engine, may_rebuild_shared=False) == 1
    assert shared.found() == [2]
    keep_up(shared.index, shared.engine, may_rebuild_shared=True)
    assert shared.found() == [1, 2]


def test_a_shared_index_that_is_gone_pauses_a_web_server(shared: Shelf) -> None:
    shared.put(1)
    record(shared.index, [1])
    lose(shared.engine)
    with pytest.raises(EngineError):
        keep_up(shared.index, shared.engine, may_rebuild_shared=False)
    row = Follower.objects.get(name=shared.engine.follower)
    assert is_paused(row)
    followers.unpause(shared.engine)
    keep_up(shared.index, shared.engine, may_rebuild_shared=True)
    assert shared.found() == [1]


def test_while_another_process_builds_a_shared_index_the_old_one_is_kept_up(
    shared: Shelf,
) -> None:
    shared.put(1, 2)
    record(shared.index, [2])
    Follower.objects.update(is_current=False)
    with lease(shared.engine):
        assert keep_up(shared.index, shared.engine, may_rebuild_shared=True) == 1
        assert not is_paused(keep(shared.index, shared.engine))
    assert shared.found() == [2]


def test_one_process_at_a_time_has_the_lease_of_a_shared_index(shared: Shelf) -> None:
    with lease(shared.engine) as prolong:
        prolong()
        with pytest.raises(LeaseError), lease(shared.engine):
            pass
    with lease(shared.engine):
        pass


def test_the_lease_of_a_dead_process_falls_and_the_dead_cannot_prolong_it(shared: Shelf) -> None:
    with lease(shared.engine) as prolong:
        Follower.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        with lease(shared.engine), pytest.raises(LeaseError):
            prolong()
        with pytest.raises(LeaseError):
            prolong()


def test_pauses_grow_from_one_second_to_ten(shelf: Shelf) -> None:
    seconds = []
    for _failure in range(6):
        row = keep(shelf.index, shelf.engine)
        pause(row, EngineError("away"))
        paused = Follower.objects.get(pk=row.pk).paused_until
        assert paused
        seconds.append(round((paused - timezone.now()).total_seconds()))
    assert seconds == [1, 2, 4, 8, 10, 10]


def test_failures_at_the_same_time_count_once(shelf: Shelf) -> None:
    row = keep(shelf.index, shelf.engine)
    for _process in range(4):
        pause(row, EngineError("away"))
    assert Follower.objects.get(pk=row.pk).failures == 1


def test_an_engine_that_stays_away_is_told_once_a_minute(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    for _failure in range(13):
        pause(keep(shelf.index, shelf.engine), EngineError("away"))
    assert len([line for line in caplog.messages if "away" in line]) == 3


def test_followers_that_nobody_saw_for_two_weeks_are_dropped_with_their_changes(
    shelf: Shelf,
) -> None:
    old = timezone.now() - timedelta(days=15)
    Follower.objects.create(name="gone", index=shelf.index.name, seen_at=old)
    record(shelf.index, [1])
    assert drop_gone() == ["gone"]
    assert set(Change.objects.values_list("follower", flat=True)) == {shelf.engine.follower}
    assert Follower.objects.get().name == shelf.engine.follower


def test_a_follower_that_delivers_is_seen(shelf: Shelf) -> None:
    old = timezone.now() - timedelta(days=13)
    Follower.objects.update(seen_at=old)
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
    assert drop_gone() == []
    assert Follower.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
