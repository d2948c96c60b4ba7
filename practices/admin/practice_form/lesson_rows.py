"""The rows of lessons in the form of a practice: each carries its key along, hidden."""

from typing import Any

from django import forms
from wagtail.admin.panels import InlinePanel

from practices.models.lessons import KEY, new_key


class WithKey:
    """What is added to the form of a lesson."""

    cleaned_data: dict[str, Any]
    instance: Any

    def clean_key(self) -> str:
        """The key of the lesson; a new row, or one with a key that was never ours, gets a new one.

        The rows of one form must differ, so that it can't wait until the practice is saved.
        """
        key = str(self.cleaned_data["key"])
        return key if KEY.fullmatch(key) else new_key()

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """What a form that stays open takes over when it was saved by itself: its key too."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()  # type: ignore[misc]
        return [*updates, (f"{self.prefix}-key", self.instance.key)]  # type: ignore[attr-defined]


class LessonsPanel(InlinePanel):
    """The lessons of a practice.

    The key is a field of the form but of no panel: Wagtail then writes it without a label.
    """

    def get_form_options(self) -> dict[str, Any]:
        """The form of a row, with the key."""
        options: dict[str, Any] = super().get_form_options()
        of_rows = options["formsets"][self.relation_name]
        of_rows["fields"] = [*of_rows["fields"], "key"]
        of_rows["widgets"] = {**of_rows["widgets"], "key": forms.HiddenInput}
        of_rows["form"] = type("LessonForm", (WithKey, of_rows["form"]), {})
        return options
