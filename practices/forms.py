"""The admin form of a practice: retired terms leave the choices but stay on old practices."""

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from practices.models.terms import Term


class TermChoices(forms.ModelMultipleChoiceField):
    """Checkboxes with the terms of a vocabulary, each with its definition."""

    def label_from_instance(self, obj: Term) -> str:
        """A narrower term stands indented under its broader one."""
        return f"— {obj.label}" if obj.parent_id else obj.label


class PracticeForm(WagtailAdminPageForm):
    """Offers active terms, and the retired ones that this practice already has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            queryset = getattr(field, "queryset", None)
            if queryset is None or queryset.model is not Term:
                continue
            chosen = [term.pk for term in getattr(self.instance, name).all()]
            self.fields[name] = TermChoices(
                queryset=queryset.filter(Q(is_active=True) | Q(pk__in=chosen)),
                widget=forms.CheckboxSelectMultiple,
                required=field.required,
                label=field.label,
                help_text=field.help_text,
            )
