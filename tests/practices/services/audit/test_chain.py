"""Whoever changes or removes a row of what is remembered is found out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from practices.models import Act, AuditEvent
from practices.services.audit import chain
from practices.services.audit.recording import record
from practices.services.readiness import plugin
from practices.services.readiness.questions import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed() -> None:
    for act in (Act.LOGGED_IN, Act.PUBLISHED, Act.APPROVED, Act.DELETED, Act.LOGGED_OUT):
        record(act, on=("practices.practicepage", "7"), format="csv")
    assert chain.seal() == 5


def row(number: int) -> Any:
    return AuditEvent.objects.filter(number=number)


def test_what_was_written_fits(sealed: None) -> None:
    assert list(AuditEvent.objects.order_by("pk").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert chain.check() == 5


def test_more_follows_and_nothing_is_sealed_twice(sealed: None) -> None:
    before = row(5).get().seal
    record(Act.LOGGED_IN)
    assert (chain.seal(), chain.seal()) == (1, 0)
    assert row(6).get().previous == before
    assert chain.check() == 6


CHANGES: dict[str, Callable[[], object]] = {
    "another maker": lambda: row(3).update(by="99"),
    "another act": lambda: row(3).update(act=Act.REFUSED),
    "another thing": lambda: row(3).update(key="8"),
    "another kind": lambda: row(3).update(kind="auth.user"),
    "another time": lambda: row(3).update(at=timezone.now() - timedelta(days=1)),
    "another network": lambda: row(3).update(network="192.0.2.0/24"),
    "other details": lambda: row(3).update(details={}),
    "one removed": lambda: row(3).delete(),
    "two exchanged": lambda: [row(2).update(number=9), row(3).update(number=2)],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_found(sealed: None, change: Callable[[], object]) -> None:
    change()
    with pytest.raises(chain.BrokenChainError):
        chain.check()


def test_the_newest_alone_are_looked_at_where_time_is_short(sealed: None) -> None:
    row(1).update(by="99")
    assert list(chain.problems(newest=2)) == []
    row(5).update(by="99")
    assert list(chain.problems(newest=2)) == ["Event 5 was changed."]


def test_an_administrator_reads_that_it_was_changed(sealed: None) -> None:
    assert plugin.events().state == State.READY
    row(4).delete()
    assert plugin.events().state == State.LACKING


def test_who_seals_what_they_changed_needs_the_secret_key(sealed: None, settings: Any) -> None:
    event = row(5).get()
    event.by = "99"
    event.seal = chain._seal_of(event, "guessed")
    event.save()
    with pytest.raises(chain.BrokenChainError, match="5 was changed"):
        chain.check()


def test_a_row_taken_out_of_the_chain_is_found_within_an_hour(sealed: None) -> None:
    row(5).update(number=None, at=timezone.now() - timedelta(hours=2))
    with pytest.raises(chain.BrokenChainError, match="no place"):
        chain.check()


def test_another_secret_key_leaves_the_chain_whole(sealed: None, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    record(Act.LOGGED_IN)
    chain.seal()
    assert chain.check() == 6


def test_what_is_old_is_forgotten_and_the_rest_still_fits(sealed: None) -> None:
    old = timezone.now() - chain.KEPT - timedelta(days=1)
    AuditEvent.objects.filter(number__lte=2).update(at=old)
    assert chain.forget() == 2
    assert set(AuditEvent.objects.values_list("number", flat=True)) == {3, 4, 5}
    assert chain.check() == 3


def test_events_that_nobody_sealed_yet_are_not_forgotten(sealed: None) -> None:
    record(Act.LOGGED_IN)
    AuditEvent.objects.update(at=timezone.now() - chain.KEPT * 2)
    chain.forget()
    assert AuditEvent.objects.get().number is None
