"""Followers: each hears of everything; new ones are built first, a failure is one machine's."""

import platform
from datetime import timedelta

import pytest
from django.utils import timezone

from search.engines.base import EngineError
from search.indexing import pauses
from search.indexing.followers import LeaseError, keep, lease, pause, resume
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
    assert pauses.is_paused(shared.engine.follower)
    pauses.lift(shared.engine.follower)
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
        assert not pauses.is_paused(shared.engine.follower)
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


def test_a_lease_of_a_clock_far_ahead_is_none(shared: Shelf) -> None:
    Follower.objects.update(leased_until=timezone.now() + timedelta(hours=1))
    with lease(shared.engine):
        pass


def test_a_follower_that_was_seen_by_a_clock_far_ahead_is_seen_now(shelf: Shelf) -> None:
    Follower.objects.update(seen_at=timezone.now() + timedelta(hours=1))
    keep(shelf.index, shelf.engine)
    assert Follower.objects.get().seen_at < timezone.now() + timedelta(minutes=1)


def fail(shelf: Shelf, times: int) -> None:
    for _failure in range(times):
        pause(keep(shelf.index, shelf.engine), EngineError("away"))
        pauses.lift(shelf.engine.follower)


def test_an_engine_that_stays_away_is_told_once_a_minute(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    fail(shelf, 13)
    assert len([line for line in caplog.messages if "away" in line]) == 3


def test_who_looks_sees_which_machine_cannot_reach_an_engine_until_it_can(shelf: Shelf) -> None:
    fail(shelf, 1)
    row = Follower.objects.get()
    assert row.error == f"{platform.node()}: away"
    assert row.failed_at
    resume(row)
    assert Follower.objects.values_list("error", "failed_at").get() == ("", None)


def test_a_process_that_never_failed_takes_no_trouble_of_another_away(shelf: Shelf) -> None:
    fail(shelf, 1)
    pauses.forget()
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
    assert Follower.objects.get().error


def test_a_follower_that_delivers_is_seen(shelf: Shelf) -> None:
    Follower.objects.update(seen_at=timezone.now() - timedelta(days=1))
    keep_up(shelf.index, shelf.engine, may_rebuild_shared=False)
    assert Follower.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
