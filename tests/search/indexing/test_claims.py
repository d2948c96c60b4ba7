"""Claims on changes: each is delivered by one at a time, and by somebody in the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.indexing import claims
from search.indexing.claims import ATTEMPTS, claim, give_back, mark_delivered, refuse
from search.indexing.outbox import backlog, record, retry
from search.models import Change
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def name(shelf: Shelf) -> str:
    record(shelf.index, [3, 1, 2])
    return shelf.engine.follower


def let_time_pass(name: str, seconds: float) -> None:
    """As if leases and pauses had been taken so much earlier."""
    for row in Change.objects.filter(follower=name).exclude(not_before=None):
        assert row.not_before
        row.not_before -= timedelta(seconds=seconds)
        row.save()


def claimed(name: str) -> dict[int, int]:
    found = claim(name)
    return dict(found.versions) if found else {}


def test_what_one_claims_another_does_not_get(name: str) -> None:
    assert claimed(name) == {1: 1, 2: 1, 3: 1}
    assert claimed(name) == {}


def test_what_a_dead_process_claimed_comes_free_after_its_lease(name: str) -> None:
    claim(name)
    let_time_pass(name, claims.LEASE.total_seconds() - 5)
    assert claimed(name) == {}
    let_time_pass(name, 6)
    assert claimed(name) == {1: 1, 2: 1, 3: 1}


def test_what_a_clock_far_ahead_put_off_is_free(name: str) -> None:
    ahead = timezone.now() + timedelta(minutes=10)
    Change.objects.filter(follower=name).update(not_before=ahead)
    assert claimed(name) == {1: 1, 2: 1, 3: 1}


def test_what_changes_while_it_is_claimed_is_free_at_once_under_its_new_version(
    name: str, shelf: Shelf
) -> None:
    claim(name)
    record(shelf.index, [2])
    assert claimed(name) == {2: 2}


def test_what_is_given_back_is_free_but_not_what_another_claimed_since(
    name: str, shelf: Shelf
) -> None:
    first = claim(name)
    assert first
    record(shelf.index, [2])
    second = claim(name)
    assert second
    give_back(first)
    assert claimed(name) == {1: 1, 3: 1}


def test_delivered_is_what_was_claimed_and_not_what_changed_since(name: str, shelf: Shelf) -> None:
    first = claim(name)
    assert first
    record(shelf.index, [2])
    mark_delivered(name, first.versions)
    assert claimed(name) == {2: 2}
    assert backlog(shelf.index).pending == 1


def test_a_late_delivery_takes_nothing_back(name: str) -> None:
    mark_delivered(name, {1: 1})
    mark_delivered(name, {1: 0})
    assert claimed(name) == {2: 1, 3: 1}


def test_the_oldest_change_goes_first_and_a_claim_has_a_size(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BATCH", 2)
    name = shelf.engine.follower
    for key in (5, 9, 1):
        record(shelf.index, [key])
    assert claimed(name) == {5: 1, 9: 1}
    assert claimed(name) == {1: 1}


def test_a_refused_document_waits_longer_each_time_and_is_set_aside_at_last(name: str) -> None:
    waits = []
    mark_delivered(name, {2: 1, 3: 1})
    for _attempt in range(ATTEMPTS):
        assert claimed(name) == {1: 1}
        refuse(name, {1: 1}, {1: "no text"})
        row = Change.objects.get(document=1)
        assert row.not_before
        waits.append((row.not_before - timezone.now()).total_seconds())
        assert claimed(name) == {}
        let_time_pass(name, 3600)
    assert waits == sorted(waits)
    assert (row.is_set_aside, row.error, row.attempts) == (True, "no text", ATTEMPTS)
    assert claimed(name) == {}


def test_a_new_version_of_what_was_set_aside_is_tried_again(name: str, shelf: Shelf) -> None:
    Change.objects.filter(document=1).update(is_set_aside=True, attempts=5, error="no text")
    assert backlog(shelf.index).set_aside == 1
    record(shelf.index, [1])
    assert claimed(name)[1] == 2
    assert (backlog(shelf.index).set_aside, Change.objects.get(document=1).error) == (0, "")


def test_what_was_set_aside_is_tried_again_when_somebody_asks(name: str, shelf: Shelf) -> None:
    Change.objects.update(is_set_aside=True, attempts=5)
    row = Change.objects.get(document=1)
    assert retry([row.pk]) == 1
    assert claimed(name) == {1: 1}


def test_a_refusal_says_nothing_of_a_version_that_came_since(name: str, shelf: Shelf) -> None:
    first = claim(name)
    assert first
    record(shelf.index, [1])
    refuse(name, first.versions, {1: "no text"})
    assert Change.objects.get(document=1).attempts == 0
    assert claimed(name) == {1: 2}
