"""The public page behind the link of an invitation.

The link leads to an address without the token, which waits in the session meanwhile: so the token
stands in no address that is logged, kept in a history or passed on to another site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from practices.frontend.invitation_form import AccountForm
from practices.frontend.rendering import render
from practices.limits import allow, client_address
from practices.models import Invitation, InvitationState
from practices.services.people.accounts import AccountExistsError, InvitationError, accept, join
from practices.services.people.selectors import account_of, find_invitation
from practices.services.people.tokens import unsigned

BY_EMAIL = "practices.auth_backends.EmailBackend"
IN_SESSION = "invitation"
TIMES_AN_HOUR = 30

View = Callable[..., HttpResponse]


def private(*, referrer: str) -> Callable[[View], View]:
    """Let no browser, proxy or other site keep or learn anything of this page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Referrer-Policy"] = referrer
            response["X-Robots-Tag"] = "noindex"
            return response

        return never_cache(wrapped)

    return decorate


@private(referrer="no-referrer")
@require_safe
def open_link(request: HttpRequest, link: str) -> HttpResponse:
    """Keep the token in the session, and go where the address holds none.

    A link that was changed or cut off leaves no token, and makes no session where there was none.
    """
    if token := unsigned(link):
        request.session[IN_SESSION] = token
    elif IN_SESSION in request.session:
        del request.session[IN_SESSION]
    return redirect("practices:invitation")


# With "no-referrer" browsers send `Origin: null` with the form, which is refused as forged; the
# address of this page holds no token.
@private(referrer="same-origin")
@sensitive_post_parameters("password", "again")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, or to log in; or say why the invitation can't be used."""
    token: str = request.session.get(IN_SESSION, "")
    found = find_invitation(token) if token else None
    if found is None or found.state != InvitationState.OPEN or not found.email:
        return _refuse(request, found.state if found else None)
    account = account_of(found.email)
    if account is not None:
        return _existing(request, token, found, account)
    form = AccountForm(request.POST if request.method == "POST" else None, email=found.email)
    status = 200
    if request.method == "POST":
        if not allow("invitation-by", client_address(request), times=TIMES_AN_HOUR):
            form.add_error(None, _("You have tried too often. Wait an hour and try again."))
            status = 429
        elif form.is_valid():
            return _accept(request, token, form)
        else:
            status = 400
    return _show(request, "account", status, found, form=form)


def _accept(request: HttpRequest, token: str, form: AccountForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        user = accept(
            token=token,
            first_name=data["first_name"],
            last_name=data["last_name"],
            password=data["password"],
        )
    except InvitationError as error:
        return _refuse(request, error.state)
    except AccountExistsError:
        return redirect("practices:invitation")
    login(request, user, backend=_backend())
    request.session.pop(IN_SESSION, None)
    return redirect("wagtailadmin_home")


def _backend() -> str:
    """The way to log in by e-mail address where the site has it, else the first that it has."""
    known: list[str] = settings.AUTHENTICATION_BACKENDS
    return BY_EMAIL if BY_EMAIL in known else known[0]


def _existing(request: HttpRequest, token: str, found: Invitation, account: Any) -> HttpResponse:
    """Somebody who has an account already joins with it, after logging in."""
    if not account.is_active:
        return _show(request, "deactivated", 403, found)
    if request.user.is_authenticated and request.user.pk != account.pk:
        return _show(request, "other_account", 403, found)
    if not request.user.is_authenticated:
        return _show(request, "log_in", 200, found)
    if request.method != "POST":
        return _show(request, "join", 200, found)
    try:
        join(token=token, user=account)
    except InvitationError as error:
        return _refuse(request, error.state)
    request.session.pop(IN_SESSION, None)
    return redirect("wagtailadmin_home")


def _refuse(request: HttpRequest, state: InvitationState | None) -> HttpResponse:
    """Say what is wrong with the invitation, and what to do."""
    return render(
        request,
        "practices/frontend/invitation/refused.html",
        {"state": state.value if state else ""},
        status=410 if state else 404,
    )


def _show(
    request: HttpRequest, step: str, status: int, found: Invitation, **context: Any
) -> HttpResponse:
    names = [municipality.shown_name for municipality in found.municipalities.order_by("name")]
    context |= {
        "step": step,
        "role": found.role,
        "municipalities": names,
        "email": found.email,
    }
    return render(request, "practices/frontend/invitation/page.html", context, status=status)
