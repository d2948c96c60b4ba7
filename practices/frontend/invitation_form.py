"""The form with which somebody who was invited makes an account."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import users


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
            person = get_user_model()(
                **users.account_fields(
                    email=self.email,
                    first_name=data.get("first_name", ""),
                    last_name=data.get("last_name", ""),
                )
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
