"""Asking for a new password: the same answer and time for everybody, and not too often."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views import account

from practices.admin.guesses import remember_browser
from practices.limits import allow, client_address, mailbox
from practices.services.people.passwords import send_link

TIMES_AN_HOUR = 5
TIMES_AN_HOUR_AFTER_MANY = 1
TIMES_AN_HOUR_BY_NETWORK = 30


class QuietPasswordResetForm(PasswordResetForm):
    """Leaves the mail to a task, so that an address without an account is not answered sooner."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the mail, also where there is nobody to mail."""
        users = self.get_users(self.cleaned_data["email"])
        send_link.enqueue([user.pk for user in users])


class PasswordResetView(account.PasswordResetView):
    """Too many requests get the usual answer, and no mail.

    From a network that asked for many, each mailbox still gets one an hour: who shares it with
    somebody who asks for others is not shut out.
    """

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        network = client_address(self.request)
        is_quiet = allow("reset-by", network, times=TIMES_AN_HOUR_BY_NETWORK)
        times = TIMES_AN_HOUR if is_quiet else TIMES_AN_HOUR_AFTER_MANY
        if not allow("reset-for", mailbox(form.cleaned_data["email"]), times=times):
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class PasswordResetConfirmView(account.PasswordResetConfirmView):
    """Who sets a new password has shown to own the account, and logs in at once in this browser.

    Elsewhere too, because guesses at the old password no longer count.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember_browser(self.request, response, self.user)
        return response
