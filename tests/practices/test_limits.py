from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import timezone

from practices.limits import allow, client_address, mailbox, shared


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (0, "203.0.113.9, 203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, None, "192.0.2.1"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "onzin", "unknown"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: Any, trusted: int, forwarded: str | None, expected: str
) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "TRUSTED_PROXIES": trusted}
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == expected


WRITTEN = [
    ("203.0.113.5", "203.0.113.5"),
    ("203.0.113.5:51234", "203.0.113.5"),
    ('"203.0.113.5:51234"', "203.0.113.5"),
    ("::ffff:203.0.113.5", "203.0.113.5"),
    ("[::ffff:203.0.113.5]:51234", "203.0.113.5"),
    ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ("[2001:db8:1:2:3::4]", "2001:db8:1:2::/64"),
    ("[2001:db8:1:2:3::4]:51234", "2001:db8:1:2::/64"),
    ('"[2001:db8:1:2:3::4]:51234"', "2001:db8:1:2::/64"),
    ("2001:db8:1:2::", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::", "2001:db8:1:3::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("::1", "::/64"),
    ("", "unknown"),
    ("[2001:db8::1", "unknown"),
    ("203.0.113.5:1:2", "unknown"),
]


@pytest.mark.parametrize("trusted", [0, 1, 2])
@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_an_address_is_the_same_however_a_server_or_proxy_writes_it(
    rf: RequestFactory, settings: Any, trusted: int, written: str, expected: str
) -> None:
    """A3: with a port behind it, all addresses were one, "unknown"."""
    settings.WEGWIJZER = {**settings.WEGWIJZER, "TRUSTED_PROXIES": trusted}
    told = ", ".join([written, "198.51.100.1"][:trusted])
    headers = {"X-Forwarded-For": told} if trusted else {}
    server = "unix:" if trusted else written
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=server)) == (
        expected if told or not trusted else "unknown"
    )


def test_a_mailbox_is_the_same_however_it_is_written() -> None:
    assert mailbox(" Sam+nieuws@Stad.example ") == mailbox("sam@stad.example")


@pytest.fixture(params=["shared", "default"])
def counted_in(request: pytest.FixtureRequest, settings: Any, db: None) -> str:
    """The site's own cache, and that of a site that uses the plugin and names none."""
    name: str = request.param
    if name == "default":
        settings.CACHES = {"default": settings.CACHES["default"]}
    return name


def test_everybody_has_their_own_turns(counted_in: str) -> None:
    assert [allow("test", "een", times=2) for _ in range(3)] == [True, True, False]
    assert allow("test", "twee", times=2)
    assert allow("iets anders", "een", times=2)
    assert shared() is caches[counted_in]


def test_a_turn_comes_back_an_hour_after_it_was_taken(counted_in: str) -> None:
    now = timezone.now()
    for minutes, expected in ((0, True), (30, True), (59, False), (61, True), (62, False)):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert allow("test", counted_in, times=2) == expected, minutes
