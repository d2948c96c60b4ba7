"""The form of a reorganisation."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from practices.admin.form_fields import MunicipalitiesField
from practices.models import Municipality, Reorganisation, ReorganisationState
from practices.services.reorganisation.selectors import gone, taken

CODE = re.compile(r"(?:GM)?(\d{4})", re.ASCII | re.IGNORECASE)


class OldMunicipalitiesField(MunicipalitiesField):
    """Municipalities as they are named, so that one that is gone can be told."""

    def follow(self, municipality: Municipality) -> Municipality:
        return municipality


class ReorganisationForm(forms.Form):
    """Which municipalities go into which, and from when.

    `cleaned_data` holds the arguments of `services.prepare`.
    """

    old = OldMunicipalitiesField(
        label=gettext_lazy("Old municipalities"),
        help_text=gettext_lazy("The municipalities that cease to exist. One name a line."),
    )
    new = forms.ModelChoiceField(
        queryset=Municipality.objects.filter(merged_into=None),
        required=False,
        label=gettext_lazy("Go into an existing municipality"),
        empty_label=gettext_lazy("No existing municipality"),
        help_text=gettext_lazy(
            "Does the new municipality keep the name and code of an old one? Then choose that one "
            "here, and name only the others above."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Or into a new one: its name"), max_length=80, required=False
    )
    code = forms.CharField(
        label=gettext_lazy("CBS code of the new municipality"),
        max_length=6,
        required=False,
        help_text=gettext_lazy("GM and four digits, such as GM1980."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Slug of the new municipality"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Its part of the address. Leave it empty to make it of the name."),
    )
    takes_effect_on = forms.DateField(
        label=gettext_lazy("Date of effect"),
        widget=AdminDateInput,
        help_text=gettext_lazy("It is carried out by itself in the first hour of this day."),
    )

    def __init__(self, *args: Any, row: Reorganisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._row = row

    def clean_code(self) -> str:
        """The code as CBS writes it, also when only the digits were given."""
        code = self.cleaned_data["code"].strip()
        match = CODE.fullmatch(code)
        if code and not match:
            raise ValidationError(_("Give GM and four digits, such as GM0513."))
        return f"GM{match[1]}" if match else ""

    def clean_old(self) -> list[Municipality]:
        """Municipalities that exist and are in no other reorganisation."""
        old: list[Municipality] = self.cleaned_data["old"]
        waiting = Reorganisation.objects.filter(state=ReorganisationState.PREPARED, old__in=old)
        if self._row:
            waiting = waiting.exclude(pk=self._row.pk)
        problems = [*gone(old)]
        if other := waiting.first():
            problems.append(
                _("One of these stands in another reorganisation that is prepared: %(name)s.")
                % {"name": other}
            )
        if problems:
            raise ValidationError(problems)
        return old

    def clean(self) -> dict[str, Any]:
        """One new municipality, existing or described, that is none of the old ones."""
        data = self.cleaned_data
        new, described = data.get("new"), [data.get(name) for name in ("name", "code", "slug")]
        if new and any(described):
            self.add_error("new", _("Choose an existing municipality or describe a new one."))
        elif new and new in data.get("old", ()):
            self.add_error("old", _("%(name)s can't go into itself.") % {"name": new.name})
        elif not new:
            self._clean_described()
        return data

    def _clean_described(self) -> None:
        data = self.cleaned_data
        if not data.get("name"):
            self.add_error(
                "name", _("Choose an existing municipality, or give the name of a new one.")
            )
        elif data.get("code") == "" and "code" not in self.errors:
            self.add_error("code", _("A new municipality needs its CBS code."))
        if "slug" not in self.errors:
            data["slug"] = data.get("slug") or slugify(data.get("name", ""))
            if data["slug"] == "" and data.get("name"):
                self.add_error("slug", _("Give the slug: none can be made of this name."))
        for field, problem in taken(
            data.get("name", ""), data.get("code", ""), data.get("slug", "")
        ):
            self.add_error(field, problem)


def initial_of(row: Reorganisation) -> dict[str, Any]:
    """What the form shows of a reorganisation that is changed."""
    return {
        "old": list(row.old.all()),
        "new": row.new,
        "name": row.new_name,
        "code": row.new_code,
        "slug": row.new_slug,
        "takes_effect_on": row.takes_effect_on,
    }
