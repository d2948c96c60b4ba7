"""The forms with which an editor invites somebody."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.admin.form_fields import MunicipalitiesField
from practices.models import InvitationState, Municipality, Role
from practices.models.roles import is_editor
from practices.services.people.selectors import (
    account_of,
    has_role,
    municipalities_of,
    waiting,
)

ONE_A_LINE = gettext_lazy("One name a line.")


class MunicipalitiesForm(forms.Form):
    """For which municipalities somebody writes."""

    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"), help_text=ONE_A_LINE, required=False
    )


class InvitationForm(forms.Form):
    """Who is invited, as what, and for which municipalities."""

    role = forms.ChoiceField(
        label=gettext_lazy("As what"), choices=Role.choices, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=150,
        help_text=gettext_lazy("Of one person, not of a department: the account is personal."),
    )
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities"),
        help_text=gettext_lazy("Of an official only. One name a line."),
        required=False,
    )

    def __init__(self, *args: Any, roles: Collection[Role], **kwargs: Any) -> None:
        """`roles`: as what whoever fills it in may invite others; one is not asked."""
        super().__init__(*args, **kwargs)
        self.only = Role.OFFICIAL
        if len(roles) == 1:
            del self.fields["role"]
            self.fields["municipalities"].required = True
            self.fields["municipalities"].help_text = ONE_A_LINE

    def clean_email(self) -> str:
        """The address in small letters, without an invitation that is still open."""
        email: str = self.cleaned_data["email"].lower()
        if any(invitation.state == InvitationState.OPEN for invitation in waiting(email)):
            raise ValidationError(
                _("This address has an invitation that is still open. Send that one again.")
            )
        account = account_of(email)
        if account is not None and not account.is_active:
            raise ValidationError(
                _("This address has an account that was deactivated. Reactivate it instead.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse an invitation that would give nothing."""
        data = self.cleaned_data
        email, wanted = (data.get(name) for name in ("email", "municipalities"))
        role = data["role"] = Role(data.get("role", self.only))
        account = account_of(email or "")
        if role == Role.OFFICIAL:
            self._clean_official(account, wanted)
        else:
            data["municipalities"] = []
            if account is not None and has_role(account, role):
                self.add_error("email", _("This person has this role already."))
        return data

    def _clean_official(self, account: User | None, wanted: list[Municipality] | None) -> None:
        if not wanted and "municipalities" not in self.errors:
            self.add_error("municipalities", _("Name at least one municipality."))
        if account is None:
            return
        if is_editor(account):
            message = _("This address belongs to an editor, who needs no invitation.")
            self.add_error("email", message)
        elif wanted and not set(wanted) - set(municipalities_of(account)):
            raise ValidationError(_("This person already writes for these municipalities."))
