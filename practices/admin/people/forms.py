"""The forms with which an editor invites somebody."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.admin.form_fields import MunicipalitiesField
from practices.models import Invitation
from practices.models.roles import is_editor
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
