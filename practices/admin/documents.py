"""The form of a document: what everybody reads is changed by a review, and never behind it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from practices.admin.files import DocumentForm
from practices.models.owners import owner_of, owner_of_collection
from practices.services.moderation.files import CHANGED, public_practices_with

SHOWN = ("file", "title")
"""What visitors see of a document."""


class ReviewedDocumentForm(DocumentForm):
    """Leaves what a public practice shows as it is, and keeps who changed it.

    Whoever wants another file uploads it, puts it in the practice and submits that.
    """

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._changing = user

    def clean(self) -> dict[str, Any]:
        """Refuse what would become public, or change in public, without a review."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is None:
            return cleaned
        page = (
            public_practices_with(self.instance).first() if self._changes_what_is_shown() else None
        )
        if page is not None:
            self.add_error(
                None,
                ValidationError(
                    _(
                        "“%(title)s” is public and shows this document. Upload the new one, put it "
                        "in the practice in place of this one, and submit the practice."
                    )
                    % {"title": page.title}
                ),
            )
        collection = cleaned.get("collection")
        owner = self._owner()
        if collection is not None and owner and owner_of_collection(collection) != owner:
            self.add_error(
                "collection",
                _("This document belongs to a municipality. Upload a copy for who else needs it."),
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save, and keep in the log who changed what visitors would see."""
        is_changed = self.instance.pk is not None and self._changes_what_is_shown()
        super().save(commit=commit)
        if is_changed:
            log(instance=self.instance, action=CHANGED, user=self._changing)
        return self.instance

    def _changes_what_is_shown(self) -> bool:
        return any(name in self.changed_data for name in SHOWN)

    def _owner(self) -> int | None:
        """The municipality it is of, whatever the form says."""
        return owner_of(type(self.instance)._default_manager.get(pk=self.instance.pk))
