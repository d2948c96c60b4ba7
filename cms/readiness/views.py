"""“Is deze site klaar?”, for administrators."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import user_passes_test

from cms.readiness import mail, proxies
from practices.services.readiness.questions import State, answers

View = Callable[..., HttpResponse]


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether somebody can do something about what lacks."""
    return user.is_superuser


for_administrators: Callable[[View], View] = user_passes_test(is_administrator)
"""Refuses everybody else, as Wagtail refuses."""


@for_administrators
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Each question with its answer; what lacks comes first."""
    asked = proxies.question(request)
    found = [*answers(), (asked, asked.ask())]
    rows = [
        {"name": question.name, "title": question.title, "answer": answer}
        for question, answer in found
    ]
    lacking = [
        row
        for row, (_question, answer) in zip(rows, found, strict=True)
        if answer.state is not State.READY
    ]
    context = {
        "page_title": _("Is this site ready?"),
        "header_title": _("Is this site ready?"),
        "header_icon": "tick-inverse",
        "lacking": lacking,
        "ready": [row for row in rows if row not in lacking],
        "can_mail": mail.goes_out(),
        "has_address": bool(getattr(request.user, "email", "")),
    }
    return TemplateResponse(request, "cms/readiness/page.html", context)


@for_administrators
@require_POST
def send_mail(request: HttpRequest) -> HttpResponse:
    """One mail to whoever presses the button."""
    address: str = getattr(request.user, "email", "")
    if not address:
        messages.error(request, _("Your account has no e-mail address. Give it one first."))
    elif mail.send_trial(address=address):
        messages.success(request, _("The mail server took the mail. See whether it reaches you."))
    else:
        messages.error(request, _("The mail was not sent. See to EMAIL_URL; the log says more."))
    return redirect("cms_readiness")
