"""The forms of invitations and accounts."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.admin.form_fields import MunicipalitiesField
from practices.models import Invitation
from practices.services.people.roles import is_editor
from practices.services.people.selectors import account_of, municipalities_of

ONE_A_LINE = gettext_lazy("One name a line.")


class MunicipalitiesForm(forms.Form):
    """For which municipalities somebody writes."""

    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), help_text=ONE_A_LINE, required=False
    )


class InvitationForm(forms.Form):
    """Who is invited, and for which municipalities."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=150,
        help_text=gettext_lazy("Of one person, not of a department: the account is personal."),
    )
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), help_text=ONE_A_LINE, required=True
    )

    def clean_email(self) -> str:
        """The address in small letters, without an invitation that is still open."""
        email: str = self.cleaned_data["email"].lower()
        waiting = Invitation.objects.filter(email=email, used_at=None, withdrawn_at=None)
        if any(invitation.state == "open" for invitation in waiting):
            raise ValidationError(
                _("This address has an invitation that is still open. Send that one again.")
            )
        account = account_of(email)
        if account is not None and is_editor(account):
            raise ValidationError(_("This address belongs to an editor, who needs no invitation."))
        if account is not None and not account.is_active:
            raise ValidationError(
                _("This address has an account that was deactivated. Reactivate it instead.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse an invitation that would give nothing."""
        email, wanted = (self.cleaned_data.get(name) for name in ("email", "municipalities"))
        account = account_of(email or "")
        if account is not None and wanted:
            has = set(municipalities_of(account))
            if not set(wanted) - has:
                raise ValidationError(_("This person already writes for these municipalities."))
        return self.cleaned_data


class AccountForm(forms.Form):
    """The name and password of somebody who accepts an invitation."""

    required_css_class = "required"

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100)
    # What was typed comes back after an error: the page is never kept by a browser or a proxy.
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(render_value=True),
        help_text=gettext_lazy(
            "At least 12 characters. A sentence of a few words is safe and easy to remember."
        ),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(render_value=True),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        for name, purpose in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("password", "new-password"),
            ("again", "new-password"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = purpose

    def clean_first_name(self) -> str:
        """A name on one line."""
        return _printable(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        """A name on one line."""
        return _printable(self.cleaned_data["last_name"])

    def clean(self) -> dict[str, Any]:
        """Judge the password beside the name and the address, which it may not resemble."""
        data = self.cleaned_data
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("This is another password than the one above."))
        if password:
            person = User(
                username=self.email,
                email=self.email,
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return data


def _printable(name: str) -> str:
    if not name.isprintable():
        raise ValidationError(_("Write your name on one line."))
    return name
