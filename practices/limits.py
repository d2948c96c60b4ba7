"""How often somebody may do something, counted over all processes and machines, and who asks.

Each time that counts is a key in the cache that all processes share; of two that take the same one,
one gets it. `allow` asks that cache each time, `MinuteLimit` seldom: it is for what is asked often.
"""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Lock
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from practices.configuration import configuration
from search.throttle import Throttle

MINUTE, HOUR = 60, 3600
"""In seconds."""
NETWORK = 64
_BRACKETED = re.compile(r"\[([^\]]*)\](?::\d+)?")
SHARES = 12
"""In so many parts at least a process takes the times of somebody."""

logger = logging.getLogger(__name__)


class NotCountedError(OperationalError):
    """The cache kept nothing, although there was room: it can't be written to.

    Nobody did anything too often then, so it is no answer to a visitor that it was.
    """


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether this time is allowed, how many may follow, and in how many seconds all are back."""

    is_allowed: bool
    limit: int
    remaining: int
    seconds: int


def client_address(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the network, because one visitor has all of it."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same of a request that has no view yet, as WSGI has it.

    `X-Forwarded-For` is believed only as far as the key `TRUSTED_PROXIES` says how many proxies
    of our own stand before the site; anybody can write the rest of it.
    """
    trusted = configuration().trusted_proxies
    told = environ.get("HTTP_X_FORWARDED_FOR", "").strip()
    hops = told.split(",") if told else []
    address = environ.get("REMOTE_ADDR", "")
    if trusted and len(hops) >= trusted:
        address = hops[-trusted]
    parsed = _parsed(address)
    if parsed is None:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((int(parsed), NETWORK), strict=False))
    return str(parsed)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: with a port or without, of IPv6 between brackets or not."""
    text = address.strip().strip('"')
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    # Where a server listens to both, visitors by IPv4 would all seem to be one network.
    return getattr(parsed, "ipv4_mapped", None) or parsed


def mailbox(email: str) -> str:
    """The mailbox behind an e-mail address: without case, and without what follows a plus."""
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def shared() -> BaseCache:
    """The cache that all processes share: `shared` of the settings, without it the default."""
    return caches["shared" if "shared" in settings.CACHES else "default"]


def allow(action: str, who: str, *, times: int) -> bool:
    """Count this time of somebody in this hour; False when there were so many already.

    A time is forgotten an hour after it was counted. What is kept cannot be read back to a person.
    Where nothing can be kept, nothing is allowed: raises `NotCountedError`.
    """
    return hit(action, who, times=times) is not None


def hit(action: str, who: str, *, times: int, seconds: int = HOUR) -> str | None:
    """Count as `allow` does; what `undo` takes back, None where `allow` says no."""
    keys = _keys(_key(action, who), times)
    place = _take(keys, seconds)
    return None if place is None else keys[place]


def is_used_up(action: str, who: str, *, times: int) -> bool:
    """Whether somebody did this so many times in this hour; counts nothing."""
    return len(shared().get_many(_keys(_key(action, who), times))) >= times


def undo(hits: Iterable[str]) -> None:
    """Forget times that turned out not to count."""
    shared().delete_many(list(hits))


@dataclass(slots=True)
class _Held:
    """What this process may still give out to somebody in this minute."""

    free: int
    """What nobody had taken when the cache was last asked; below one, nobody asks it again."""
    left: int = 0


class MinuteLimit:
    """So many times in a minute of the clock for each who asks.

    A process takes several times at once from the cache and gives them out from memory, so what is
    refused asks nothing. The limit is never exceeded; whoever asks several processes at once may be
    refused a few times early. Where nothing can be counted, or nothing is shared, each process
    counts alone.
    """

    def __init__(self, action: str, *, is_shared: bool = True) -> None:
        self._action, self._is_shared = action, is_shared
        self._lines = Throttle()
        self._lock = Lock()
        self._minute = 0
        self._held: dict[str, _Held] = {}

    def ask(self, who: str, *, times: int) -> Allowance:
        """Count this time of somebody, unless there were so many already."""
        minute, passed = divmod(int(time()), MINUTE)
        key = _key(self._action, f"{minute}:{who}")
        part = max(1, times // SHARES)
        with self._lock:
            if minute != self._minute:
                self._minute, self._held = minute, {}
            held = self._held.setdefault(key, _Held(free=times))
            is_empty = held.left < 1 and held.free > 0
        # Without the lock, so that nobody else waits for the database.
        taken = self._take_part(_keys(key, -(-times // part))) if is_empty else None
        with self._lock:
            if is_empty:
                before = times - held.free if taken is None else taken * part
                held.left += max(0, min(part, times - before))
                held.free = min(held.free, times - before - part)
            is_allowed = held.left > 0
            held.left -= is_allowed
            remaining = held.left + max(held.free, 0)
        return Allowance(is_allowed, times, remaining, MINUTE - passed)

    def forget(self) -> None:
        """Forget what this process holds: for tests, whose caches are emptied."""
        with self._lock:
            self._held = {}

    def _take_part(self, keys: Sequence[str]) -> int | None:
        """Take a part; how many parts were taken before it, None where nothing counts."""
        if not self._is_shared:
            return None
        try:
            place = _take(keys, MINUTE)
        except (OperationalError, InterfaceError, InternalError) as error:
            if count := self._lines.passes():
                logger.warning("Requests were not counted: %d. %s", count, type(error).__name__)
            return None
        return len(keys) if place is None else place


def _take(keys: Sequence[str], seconds: int) -> int | None:
    """Take the first key that is free, for so long; its place, None if there is none.

    Raises `NotCountedError`, and whatever the cache raises when it can't be read.
    """
    cache = shared()
    taken = cache.get_many(keys)
    for place, key in enumerate(keys):
        if key in taken:
            continue
        if cache.add(key, 1, seconds):
            return place
        # Somebody else took it in between, or it was not written.
        if key not in cache:
            raise NotCountedError
    return None


def _key(action: str, who: str) -> str:
    return salted_hmac("practices.clients", f"{action}:{who}", algorithm="sha256").hexdigest()


def _keys(key: str, times: int) -> list[str]:
    return [f"turn:{key}:{turn}" for turn in range(times)]
