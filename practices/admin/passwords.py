"""Asking for a new password: the same answer and time for everybody, and not too often."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views import account

from practices.admin.login import forgive
from practices.limits import allow, client_address, mailbox

TIMES_AN_HOUR = 5
TIMES_AN_HOUR_BY_NETWORK = 30

_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="password-mail")


class QuietPasswordResetForm(PasswordResetForm):
    """Mails in a thread, so that an address without an account is not answered sooner."""

    last_mail: "Future[None] | None" = None

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Hand over the mail; Django logs one that is not sent, without the address."""
        type(self).last_mail = _post.submit(super().send_mail, *args, **kwargs)


class PasswordResetView(account.PasswordResetView):
    """Too many requests get the usual answer, and no mail."""

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        limits = (
            ("reset-for", mailbox(form.cleaned_data["email"]), TIMES_AN_HOUR),
            ("reset-by", client_address(self.request), TIMES_AN_HOUR_BY_NETWORK),
        )
        if not all(allow(action, who, times=times) for action, who, times in limits):
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class PasswordResetConfirmView(account.PasswordResetConfirmView):
    """Who sets a new password has shown to own the account: guesses of others are forgotten."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        forgive(self.user)
        return response
