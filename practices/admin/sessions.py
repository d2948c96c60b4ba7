"""Being logged in: how it ends by itself, how one ends it here, and everywhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import account

from practices.services.people import sessions

View = Callable[..., HttpResponse]

PING = "editing-sessions"
"""What a form asks by itself as long as it is open is nothing that somebody does."""


class SessionEndMiddleware:
    """Who was away too long is nobody, wherever somebody asks who it is.

    Where nobody asks nothing is looked at: what is public is the same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_awake, request))  # type: ignore[assignment]
        return self.get_response(request)


def _awake(request: HttpRequest) -> User | AnonymousUser:
    """Who has a session that goes on."""
    user: User | AnonymousUser = get_user(request)
    is_work = PING not in request.path_info
    if not user.is_authenticated or sessions.goes_on(request.session, user, is_work=is_work):
        return user
    # Logging out asks who it is.
    request.user = user
    logout(request)
    return AnonymousUser()


def note_login(request: HttpRequest, **_kwargs: Any) -> None:
    """Receiver of Django's signal that somebody logged in."""
    sessions.begin(request.session)


class LogoutView(account.LogoutView):
    """Who is told to be logged out is: by a link too, for which Wagtail only drops the cookie."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out, as the button does."""
        response: HttpResponse = self.post(request, *args, **kwargs)
        return response


for_all_in_the_admin: Callable[[View], View] = require_admin_access


@for_all_in_the_admin
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in; a POST ends all of it but here."""
    user, key = request.user, request.session.session_key
    if not user.is_authenticated:
        raise PermissionDenied
    if request.method == "POST":
        count = sessions.end_sessions(person=user, by=user, but=key)
        text = ngettext(
            "You are logged out in %d other browser.", "You are logged out in %d other browsers.",
            count,
        )  # fmt: skip
        messages.success(request, text % count if count else _("You were logged in only here."))
        return redirect("practices_sessions")
    context = {"sessions": sessions.own_sessions(user, key)}
    return TemplateResponse(request, "practices/admin/people/sessions.html", context)


urls = [path("account/sessies/", own_sessions, name="practices_sessions")]
