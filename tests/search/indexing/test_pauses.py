"""A pause is of one process, grows to ten seconds, and ends when somebody asks."""

import time

import pytest

from search.indexing import pauses


@pytest.fixture(autouse=True)
def nothing_failed() -> None:
    pauses.forget()


def test_pauses_grow_from_one_second_to_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    lengths = []
    for failure in range(6):
        assert pauses.begin("one") == failure
        began = now
        while pauses.is_paused("one"):
            now += 0.5
        lengths.append(now - began)
    assert lengths == [1, 2, 4, 8, 10, 10]
    assert not pauses.is_paused("another")


def test_failures_at_the_same_time_count_once() -> None:
    assert [pauses.begin("one") for _thread in range(4)] == [0, 1, 1, 1]


def test_who_asks_is_not_kept_waiting_and_an_answer_ends_it() -> None:
    pauses.begin("one")
    pauses.lift("one")
    assert not pauses.is_paused("one")
    assert pauses.begin("one") == 1
    assert pauses.end("one")
    assert not pauses.end("one")
    assert pauses.begin("one") == 0
