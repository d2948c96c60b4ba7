"""The forms of a decision: approving with the checklist, asking for changes with a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHECKLIST = {
    "facts": _("The facts are clear: what, for whom, how long, by whom."),
    "nobody_recognisable": _("No person can be recognised in it."),
    "contradictions": _("What seems to contradict itself was answered."),
    "vocabulary": _("The right terms were chosen: format, target group, theme."),
    "lessons": _("Another municipality can do something with the lessons."),
    "sources": _("Sources are named, and links and documents work."),
}
"""The points of the checklist by the name under which a decision keeps them."""
LONGEST_TEXT = 5000


class DecisionForm(forms.Form):
    """What both decisions share: the points, a text, and what was looked at: version and files."""

    text_label: Any = ""
    text_help: Any = ""
    everything_is_needed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = self.everything_is_needed
        for name, label in CHECKLIST.items():
            self.fields[name] = forms.BooleanField(label=label, required=needed)
            if needed:
                self.fields[name].error_messages["required"] = _("Tick this point to approve.")
        self.fields["comment"] = forms.CharField(
            label=self.text_label,
            help_text=self.text_help,
            required=not needed,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        for name in ("version", "files"):
            self.fields[name] = forms.CharField(
                required=False, max_length=64, widget=forms.HiddenInput
            )

    @property
    def points(self) -> list[forms.BoundField]:
        """The fields of the checklist."""
        return [self[name] for name in CHECKLIST]


class ApproveForm(DecisionForm):
    """Approving needs every point of the checklist."""

    everything_is_needed = True
    text_label = _("Message to the author")
    text_help = _("Not needed. It is sent with the mail that tells that the practice is public.")


class ChangesForm(DecisionForm):
    """Asking for changes needs a text."""

    text_label = _("What must change?")
    text_help = _("The author gets this text by mail. Say what, and why.")


FORMS: dict[str, type[DecisionForm]] = {"approve": ApproveForm, "reject": ChangesForm}


class RetireForm(forms.Form):
    """Why a practice goes to the archive."""

    reason = forms.CharField(
        label=_("Why does this practice go to the archive?"),
        help_text=_("Visitors read this on the page. One or two sentences, without names."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
