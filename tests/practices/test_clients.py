from typing import Any

import pytest
from django.test import RequestFactory

from practices.clients import client_address, mailbox, may_act


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "onzin", "unknown"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: Any, trusted: int, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == expected


def test_a_mailbox_is_the_same_however_it_is_written() -> None:
    assert mailbox(" Sam+nieuws@Stad.example ") == mailbox("sam@stad.example")


def test_everybody_has_their_own_turns() -> None:
    assert [may_act("test", "een", times=2) for _ in range(3)] == [True, True, False]
    assert may_act("test", "twee", times=2)
    assert may_act("iets anders", "een", times=2)
