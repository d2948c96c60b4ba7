"""Logging in by e-mail address in any case, and slower for who guesses.

Wrong guesses are counted for each hour in three ways: by account from one network, by network over
all accounts, and by account over all networks. The last would let anybody lock out a colleague, so
it does not hold for a browser that logged in to the account before, which keeps a signed cookie.
A guess is forgotten an hour after it was made, and all of them when a new password is set.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from practices.limits import client_address, hit, reset, undo
from practices.services.people.selectors import account_of

BY_NETWORK_AND_ACCOUNT = 10
BY_NETWORK = 100
BY_ACCOUNT = 100
"""Wrong guesses an hour."""
COOKIE = "bekende-browser"
COOKIE_AGE = 365 * 24 * 3600
TOO_MANY = _(
    "You have tried too often. Wait an hour, or ask for a new password: then you can log in again."
)


class EmailBackend(ModelBackend):
    """Django's own backend, which finds somebody by address too and counts wrong guesses.

    Somebody unknown costs the same time and gets the same answer as a wrong password.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person; None for a wrong guess and when there were too many."""
        if not username or password is None:
            return None
        name = username.strip().lower()
        account = account_of(name)
        who = _key(account) if account else f"name {name}"
        hits = [] if request is None else _count_guess(request, who)
        if hits is None:
            return None
        name = account.get_username() if account else name
        user: Any = super().authenticate(request, name, password)
        if user is None:
            return None
        undo(hits)
        found: User = user
        return found


class EmailLoginForm(LoginForm):
    """Wagtail's form, which says so when there were too many guesses."""

    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _("This address and this password do not belong together. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address or user name")
        self.fields["username"].widget.attrs["placeholder"] = ""
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["placeholder"] = ""

    def get_invalid_login_error(self) -> ValidationError:
        if getattr(self.request, "has_guessed_too_often", False):
            return ValidationError(TOO_MANY, code="too_many")
        return super().get_invalid_login_error()


class KnownBrowserMiddleware:
    """Gives a browser that has just logged in the cookie by which it is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "has_logged_in", None)
        if user is not None:
            _remember_browser(request, response, user)
        return response


def note_login(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of Django's signal that somebody logged in."""
    request.has_logged_in = user  # type: ignore[attr-defined]


def _remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    known = {name for name in _known(request) if name} | {_mark(_key(user))}
    response.set_cookie(
        COOKIE,
        ".".join(sorted(known)[:10]),
        max_age=COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forgive(user: User) -> None:
    """Forget wrong guesses for an account, because its owner has just proved to be so."""
    reset("login-account", _key(user), times=BY_ACCOUNT)


def _count_guess(request: HttpRequest, who: str) -> list[str] | None:
    """What was counted; None (and a mark on the request) when one of the limits was reached."""
    network = client_address(request)
    limits = [
        ("login-pair", f"{network} {who}", BY_NETWORK_AND_ACCOUNT),
        ("login-network", network, BY_NETWORK),
    ]
    if not any(constant_time_compare(_mark(who), known) for known in _known(request)):
        limits.append(("login-account", who, BY_ACCOUNT))
    hits: list[str] = []
    for action, counted, times in limits:
        found = hit(action, counted, times=times)
        if found is None:
            undo(hits)
            request.has_guessed_too_often = True  # type: ignore[attr-defined]
            return None
        hits.append(found)
    return hits


def _key(user: User) -> str:
    return f"account {user.pk}"


def _known(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(COOKIE, "").split(".")[:10]


def _mark(name: str) -> str:
    """What the cookie holds of an account: nobody can make one, nor read whose it is."""
    return salted_hmac("practices.people.login", name, algorithm="sha256").hexdigest()
