"""What the task of a review does: `ReviewTask` is given this when the app is ready."""

from django import forms

from practices.services.moderation.decision_forms import FORMS
from practices.services.moderation.decisions import act, note_submission
from practices.services.moderation.permissions import actions_for

__all__ = ["act", "actions_for", "form_for", "note_submission"]


def form_for(action: str) -> type[forms.Form]:
    """The checklist with approval, a text with a request for changes."""
    return FORMS[action]
