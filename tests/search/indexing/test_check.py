"""The check of an index: what was done behind its back is told, and mended."""

import pytest

from search.indexing.check import Drift, compare, repair
from search.indexing.drain import drain
from search.indexing.outbox import record
from search.indexing.poorer import PoorerError
from search.models import Change, Follower
from search.running.housekeeping import check_and_mend
from tests.contracts.corpus import document
from tests.indexes import lose
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    shelf.put(*range(1, 21))
    record(shelf.index, range(1, 21))
    drain(shelf.index, shelf.engine)
    return shelf


def test_an_index_that_is_up_to_date_equals_the_database(full: Shelf) -> None:
    assert compare(full.index, full.engine) == Drift()


def test_five_deleted_five_altered_and_five_too_many_are_told_and_mended(full: Shelf) -> None:
    full.engine.apply((), [(key, 1) for key in range(1, 6)])
    full.engine.apply([document(key, "vals", version=9) for key in range(6, 11)], ())
    full.engine.apply([document(key, "vals", version=9) for key in range(31, 36)], ())
    drift = compare(full.index, full.engine)
    assert drift == Drift((1, 2, 3, 4, 5), (31, 32, 33, 34, 35), (6, 7, 8, 9, 10))
    assert repair(full.index, full.engine, drift, may_shrink=True) == Drift()
    assert full.found() == full.found("training") == [*range(1, 21)]
    assert full.found("vals") == []


def test_what_the_index_removed_under_a_later_version_comes_back(full: Shelf) -> None:
    full.engine.apply((), [(3, 99)])
    drift = compare(full.index, full.engine)
    assert drift == Drift(missing=(3,))
    assert repair(full.index, full.engine, drift) == Drift()
    assert full.found() == [*range(1, 21)]


def test_what_is_on_its_way_is_no_difference_but_what_was_refused_is(full: Shelf) -> None:
    full.put(21)
    record(full.index, [21])
    assert compare(full.index, full.engine) == Drift()
    full.unwritable.add(21)
    drain(full.index, full.engine)
    drift = compare(full.index, full.engine)
    assert drift == Drift(missing=(21,))
    assert repair(full.index, full.engine, drift) == drift
    Change.objects.filter(document=21).update(is_set_aside=True)
    assert compare(full.index, full.engine) == drift
    full.unwritable.clear()
    assert repair(full.index, full.engine, drift) == Drift()


def test_an_index_that_is_not_there_is_built(full: Shelf) -> None:
    lose(full.engine)
    drift = compare(full.index, full.engine)
    assert drift.fault
    assert repair(full.index, full.engine, drift) == Drift()
    assert full.found() == [*range(1, 21)]


def test_a_change_between_two_questions_is_no_difference(
    full: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = full.engine.versions

    def late() -> object:
        found = versions()
        monkeypatch.undo()
        full.put(22)
        record(full.index, [22])
        drain(full.index, full.engine)
        return found

    monkeypatch.setattr(full.engine, "versions", late)
    assert compare(full.index, full.engine) == Drift()


def test_an_index_is_not_emptied_because_the_database_looks_empty(full: Shelf) -> None:
    """As when somebody connects a site to another database, or restores an older one."""
    gone = dict(full.titles)
    full.titles.clear()
    drift = compare(full.index, full.engine)
    with pytest.raises(PoorerError, match="20 of the 20 documents"):
        repair(full.index, full.engine, drift)
    assert full.found() == sorted(gone)
    assert "say --allow-shrink" in Follower.objects.get().alarm
    assert repair(full.index, full.engine, drift, may_shrink=True) == Drift()
    assert (full.found(), Follower.objects.get().alarm) == ([], "")


def test_an_alarm_goes_when_the_database_is_back(full: Shelf) -> None:
    gone = dict(full.titles)
    full.titles.clear()
    check_and_mend(full.index, full.engine)
    assert Follower.objects.get().alarm
    full.titles.update(gone)
    check_and_mend(full.index, full.engine)
    assert not Follower.objects.get().alarm
