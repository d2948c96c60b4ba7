"""Who asks: the address that limits count by."""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the network, because one visitor has all of it.

    `X-Forwarded-For` is believed only as far as the setting `TRUSTED_PROXIES` says how many proxies
    of our own stand before the site; anybody can write the rest of it.
    """
    trusted: int = getattr(settings, "TRUSTED_PROXIES", 0)
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    address = request.META.get("REMOTE_ADDR", "")
    if trusted and len(hops) >= trusted:
        address = hops[-trusted]
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, NETWORK), strict=False))
    return str(parsed)


def mailbox(email: str) -> str:
    """The mailbox behind an e-mail address: without case, and without what follows a plus."""
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def shared() -> BaseCache:
    """The cache that all processes share: `shared` of the settings, without it the default."""
    return caches["shared" if "shared" in settings.CACHES else "default"]


def may_act(action: str, who: str, *, times: int) -> bool:
    """Take one of the turns of somebody in this hour; False when all have been taken.

    A turn comes back an hour after it was taken. What is kept cannot be read back to a person.
    """
    return take_turn(action, who, times=times) is not None


def take_turn(action: str, who: str, *, times: int) -> str | None:
    """Take a turn as `may_act` does; what to give back with `give_back`, None without a turn."""
    cache, turns = shared(), _turns(action, who, times)
    taken = cache.get_many(turns)
    return next((key for key in turns if key not in taken and cache.add(key, 1, HOUR)), None)


def give_back(turns: Iterable[str]) -> None:
    """Give back turns that turned out not to count."""
    shared().delete_many(list(turns))


def give_back_all(action: str, who: str, *, times: int) -> None:
    """Forget every turn that somebody took of this action."""
    give_back(_turns(action, who, times))


def _turns(action: str, who: str, times: int) -> list[str]:
    key = salted_hmac("practices.clients", f"{action}:{who}", algorithm="sha256").hexdigest()
    return [f"turn:{key}:{turn}" for turn in range(times)]
