"""The form of what a municipality considers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from practices.models import Municipality


class ConsiderForm(forms.Form):
    """For which municipality, and what is good to remember."""

    municipality = forms.ModelChoiceField(
        label=_("For which municipality?"), queryset=Municipality.objects.none(), empty_label=None
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For you and your colleagues: the other municipality does not get to read this. "
            "300 characters at most."
        ),
    )

    def __init__(self, *args: Any, places: "QuerySet[Municipality]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.queryset = places
        field.label_from_instance = lambda place: place.shown_name
        if len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = places[0]
