"""Followers whose machines are gone go by themselves or when told, with what waits for them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import documents
from search.indexing import forgetting
from search.indexing.forgetting import drop_gone, forget
from search.indexing.outbox import record
from search.models import Change, Follower
from tests.search.indexing.shelf import Shelf


@pytest.fixture
def shelf(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only index of the site."""
    monkeypatch.setattr(documents, "_indexes", {shelf.index.name: shelf.index})
    return shelf


def follow(shelf: Shelf, name: str, **ago: float) -> None:
    seen_at = timezone.now() - timedelta(**ago)
    Follower.objects.create(name=name, index=shelf.index.name, seen_at=seen_at)


def recorded_for() -> set[str]:
    return set(Change.objects.values_list("follower", flat=True))


def test_those_that_nobody_saw_for_two_days_are_forgotten_with_their_changes(
    shelf: Shelf,
) -> None:
    follow(shelf, "gone", days=3)
    follow(shelf, "away for a day", days=1)
    record(shelf.index, range(1, 6))
    assert drop_gone() == ["gone"]
    assert recorded_for() == {shelf.engine.follower, "away for a day"}


def test_the_index_of_this_machine_stays_however_long_the_site_was_off(shelf: Shelf) -> None:
    Follower.objects.update(seen_at=timezone.now() - timedelta(days=30))
    record(shelf.index, [1])
    assert drop_gone() == []
    assert recorded_for() == {shelf.engine.follower}


def test_many_changes_go_in_small_statements_and_another_process_ends_what_was_interrupted(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    follow(shelf, "gone", days=3)
    record(shelf.index, range(1, 8))
    assert forget(["gone"]) == 7
    # As if it had been killed when the follower was gone, long ago and just now.
    for key, days in ((1, 3), (2, 0)):
        moment = timezone.now() - timedelta(days=days)
        Change.objects.create(follower=f"left {days}", document=key, recorded_at=moment)
    assert drop_gone() == []
    assert recorded_for() == {shelf.engine.follower, "left 0"}


def test_somebody_who_knows_that_a_machine_is_gone_need_not_wait(shelf: Shelf) -> None:
    follow(shelf, "gone", hours=1)
    record(shelf.index, [1, 2])
    out = StringIO()
    call_command("search_status", stdout=out)
    assert "search_forget gone" in out.getvalue()
    call_command("search_forget", "gone", stdout=out)
    assert "Vergeten: gone, met 2 wijzigingen." in out.getvalue()
    assert recorded_for() == {shelf.engine.follower}


def test_what_would_be_back_at_once_is_not_forgotten_and_nothing_beside_it(shelf: Shelf) -> None:
    follow(shelf, "gone", hours=1)
    follow(shelf, "alive", minutes=1)
    for name, why in (
        ("alive", "minder dan 5 minuten geleden gezien"),
        (shelf.engine.follower, "een index van deze machine"),
        ("unknown", "Er is geen index"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("search_forget", "gone", name)
    assert Follower.objects.count() == 3
