"""Guesses at a password: how many are looked at, and who is never refused for those of others.

Wrong guesses are counted for each hour. An account bears so many from one network, and so many from
all networks together; where a network guessed at many accounts, each of them bears fewer from it,
but no account is shut for what was guessed at another one, and names that nobody has count for
nobody. Whoever knows an address can still use up what that account bears. So these limits do not
hold for a browser that logged in to the account before: it has a signed cookie, and only its own
guesses slow it down. A new password begins a new count, everywhere at once, and makes the browser
in which it was set a known one.
"""

import re

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from practices.limits import MINUTE, client_address, hit, is_used_up, undo

BY_NETWORK_AND_ACCOUNT = 10
BY_SUSPECT_NETWORK_AND_ACCOUNT = 3
BY_NETWORK = 100
BY_ACCOUNT = 100
BY_BROWSER = 20
"""Wrong guesses an hour. After its own, a known browser has one more each minute."""
COOKIE = "bekende-browser"
COOKIE_AGE = 365 * 24 * 3600
ACCOUNTS = 10
"""So many accounts remember one browser; the longest ago goes first."""
_BROWSER = re.compile(r"[0-9a-f]{32}")


class RefusedError(Exception):
    """The guess is not looked at: there were too many."""

    def __init__(self, *, is_known: bool) -> None:
        super().__init__(is_known)
        self.is_known = is_known


def count(request: HttpRequest, *, account: User | None, name: str) -> list[str]:
    """Count a guess at an account, or at a name that nobody has; what `undo` takes back.

    Raises `RefusedError`. Both cost the same time, so that nobody learns which names are known.
    """
    browser = _known_browser(request, account)
    # Of the password too: a new one begins anew in every network.
    who = f"account {account.pk} {account.password}" if account else f"name {name}"
    if browser is not None:
        return [_count_own(f"{browser} {who}")]
    return _count_strange(client_address(request), who, is_account=account is not None)


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Give a browser the cookie by which it is known as one of this account from now on."""
    browser, *marks = _cookie(request)
    if not _BROWSER.fullmatch(browser):
        browser, marks = get_random_string(32, "0123456789abcdef"), []
    known = dict.fromkeys([_mark(browser, user), *marks])
    response.set_cookie(
        COOKIE,
        ".".join([browser, *list(known)[:ACCOUNTS]]),
        max_age=COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def is_known(request: HttpRequest, account: User) -> bool:
    """Whether this browser logged in to the account before."""
    return _known_browser(request, account) is not None


def _count_own(who: str) -> str:
    own = hit("login-browser", who, times=BY_BROWSER)
    own = own or hit("login-browser-slowly", who, times=1, seconds=MINUTE)
    if own is None:
        raise RefusedError(is_known=True)
    return own


def _count_strange(network: str, who: str, *, is_account: bool) -> list[str]:
    is_suspect = is_used_up("login-network", network, times=BY_NETWORK)
    bears = BY_SUSPECT_NETWORK_AND_ACCOUNT if is_suspect else BY_NETWORK_AND_ACCOUNT
    hits: list[str] = []
    for action, counted, times in (
        ("login-pair", f"{network} {who}", bears),
        ("login-account", who, BY_ACCOUNT),
    ):
        found = hit(action, counted, times=times)
        if found is None:
            undo(hits)
            raise RefusedError(is_known=False)
        hits.append(found)
    action = "login-network" if is_account else "login-network-of-nobody"
    of_network = hit(action, network, times=BY_NETWORK)
    return [*hits, of_network] if of_network else hits


def _known_browser(request: HttpRequest, account: User | None) -> str | None:
    """The name of the browser, if it logged in to this account before."""
    browser, *marks = _cookie(request)
    if account is None or not _BROWSER.fullmatch(browser):
        return None
    own = _mark(browser, account)
    return browser if any(constant_time_compare(own, mark) for mark in marks) else None


def _cookie(request: HttpRequest) -> list[str]:
    """The name of the browser, which may be empty, and its marks."""
    return request.COOKIES.get(COOKIE, "").split(".")[: 1 + ACCOUNTS]


def _mark(browser: str, account: User) -> str:
    """What the cookie holds of an account: nobody can make one, nor read whose it is."""
    value = f"{browser} account {account.pk}"
    return salted_hmac("practices.people.login", value, algorithm="sha256").hexdigest()
