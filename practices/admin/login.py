"""Logging in by e-mail address in any case, and slower for who guesses (`guesses`)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from practices.admin import guesses
from practices.limits import undo
from practices.services.people.selectors import account_of

TOO_MANY = _(
    "You have tried too often. Wait an hour, or ask for a new password: then you can log in again."
)
TOO_MANY_HERE = _(
    "You have tried too often. Wait a minute, or ask for a new password: then you can log in again."
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
        try:
            hits = guesses.count(request, account=account, name=name) if request else []
        except guesses.RefusedError as refused:
            request.too_many_guesses = TOO_MANY_HERE if refused.is_known else TOO_MANY  # type: ignore[union-attr]
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
        if told := getattr(self.request, "too_many_guesses", None):
            return ValidationError(told, code="too_many")
        return super().get_invalid_login_error()


class KnownBrowserMiddleware:
    """Gives a browser that has just logged in the cookie by which it is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "has_logged_in", None)
        if user is not None:
            guesses.remember_browser(request, response, user)
        return response


def note_login(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of Django's signal that somebody logged in."""
    request.has_logged_in = user  # type: ignore[attr-defined]
