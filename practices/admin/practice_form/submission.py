"""The form of a practice: complete when it is submitted, and never over a colleague's work."""

from typing import Any

from django.utils.translation import gettext as _

from practices.admin.practice_form.problems import problems_for_submission, show_at_fields
from practices.admin.reach.forms import WithinReach

SUBMITTING = ("action-submit", "action-restart-workflow")


class ReviewedPageForm(WithinReach):
    """Adds to the form of a page what holds on the server, however it was sent.

    Errors stand at their fields, all at once; what was typed stays in the form.
    """

    _is_checked = False
    _problems_told = False

    def is_valid(self) -> bool:
        """Whether this may be saved, or submitted if that is what was asked."""
        valid = bool(super().is_valid())
        if not self.is_bound or self._is_checked:
            return valid and not self._problems_told
        self._is_checked = True
        if not self.data.get("action-cancel-workflow"):
            self._refuse_older_version()
            if any(self.data.get(name) for name in SUBMITTING):
                self._ask_for_the_minimum()
        return valid and not self._problems_told

    def _refuse_older_version(self) -> None:
        """Wagtail looks at this for autosave only, so that a button would overwrite silently.

        Somebody's own newer version is most often an autosave that came just before the button;
        of a second window Wagtail itself warns, and both versions stay in the history.
        """
        latest = self.instance.latest_revision
        if latest is None or not self._is_older_than(latest) or not self._others_wrote():
            return
        self._problems_told = True
        self.add_error(
            None,
            _(
                "Somebody else saved this page while you were writing. Nothing is lost: your "
                "text is still in this form, the other version is in the history (the clock in "
                "the top right corner). Compare them first. If you save once more, your text "
                "becomes the newest version."
            ),
        )

    def _others_wrote(self) -> bool:
        """Whether somebody else made a version after the one that this form began with."""
        known = str(self.data.get("overwrite_revision_id") or self.data.get("loaded_revision_id"))
        later = self.instance.revisions.exclude(user=self.for_user)
        return bool(later.filter(pk__gt=int(known) if known.isdecimal() else 0).exists())

    def _is_older_than(self, latest: Any) -> bool:
        if own := self.data.get("overwrite_revision_id"):
            return str(own) != str(latest.pk)
        loaded = self.data.get("loaded_revision_id")
        if not loaded:
            return False
        made = self.data.get("loaded_revision_created_at", "")
        return str(loaded) != str(latest.pk) or made != latest.created_at.isoformat()

    def _ask_for_the_minimum(self) -> None:
        self._put_on_page()
        problems = [
            one for one in problems_for_submission(self.instance) if not self._is_told(one.field)
        ]
        show_at_fields(self, problems)
        self._problems_told = self._problems_told or bool(problems)

    def _is_told(self, field: str) -> bool:
        """Whether something else is wrong with what was typed there."""
        formset = self.formsets.get(field)
        return field in self.errors or (formset is not None and not formset.is_valid())

    def _put_on_page(self) -> None:
        """Give the page in memory what was typed, as far as it can be read."""
        self.save_cluster_m2m()
        for formset in self.formsets.values():
            if formset.is_valid():
                formset.instance = self.instance
                formset.save(commit=False)
