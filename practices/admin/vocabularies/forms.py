"""The form of a merge."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from practices.models import Term
from practices.services.vocabularies.selectors import targets


class TargetField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A term; says of retired ones that they are."""

    def label_from_instance(self, obj: Any) -> str:
        name = f"{obj.parent.label}: {obj.label}" if obj.parent else obj.label
        return name if obj.is_active else _("%(term)s (retired)") % {"term": name}


class MergeForm(forms.Form):
    """Into which term another goes; `naar` stands in the address of the preview."""

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = _("Choose a term of the list.")
        self.fields["naar"] = TargetField(
            queryset=targets(term).select_related("parent"),
            label=_("Merge into"),
            help_text=_("This term stays. You first see what will change."),
            error_messages={"invalid_choice": choose, "required": choose},
        )
