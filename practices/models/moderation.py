"""The review of what officials submit, and what happens to a practice after publication.

The state of a practice is not stored here: `practices.services.moderation.states` derives it.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from practices.models.given import given


class ReviewTaskState(TaskState):
    """One submission and the decision on it; `comment` has the editor's text."""

    version = models.CharField(max_length=64, editable=False)
    """The fingerprint of what was submitted; see `practices.services.moderation.versions`."""
    renewed = models.JSONField(default=dict, editable=False)
    """Fingerprints from before terms were merged, each with the one that the same text has now."""
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checklist = models.JSONField(default=dict, editable=False)
    """The points of the checklist by name, each with whether the editor ticked it."""

    class Meta:
        """Named after what editors see of it."""

        verbose_name = _("decision")
        verbose_name_plural = _("decisions")


class Conduct(Protocol):
    """What a review does; `practices.services.moderation` decides it, which reads models."""

    def note_submission(self, *, task_state: Any, user: Any) -> None:
        """Keep who submitted which version, and tell the editors."""

    def actions_for(self, page: Any, user: Any) -> list[tuple[str, str, bool]]:
        """The decisions that somebody may take on a page that is under review."""

    def form_for(self, action: str) -> type[forms.Form]:
        """What is asked before a decision."""

    def act(
        self, *, task_state: Any, user: Any, action: str, data: Mapping[str, Any]
    ) -> str | None:
        """Decide; an address to go to when somebody else was first."""


class ReviewTask(AbstractGroupApprovalTask):
    """An editor reviews what was submitted, with a checklist, and never the own work."""

    task_state_class = ReviewTaskState

    class Meta:
        """Shown to administrators under this name."""

        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    conduct: ClassVar["Conduct"] = given()

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Keep who submitted, and which version."""
        with transaction.atomic():
            task_state = super().start(workflow_state, user=user)
            self.conduct.note_submission(task_state=task_state, user=user)
        return task_state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What a user may decide on a page that is under review."""
        return self.conduct.actions_for(obj, user)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """The checklist with approval, a text with a request for changes."""
        return self.conduct.form_for(action)

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any
    ) -> str | None:
        """Decide; an address to go to when somebody else was first."""
        return self.conduct.act(task_state=task_state, user=user, action=action_name, data=kwargs)

    @classmethod
    def get_description(cls) -> str:
        """What administrators read when they choose a kind of task."""
        return str(_("Editors review with a checklist; nobody approves the own work."))


class HistoryEntry(models.Model):
    """What happened to a published practice, as visitors read it on its page."""

    class Kind(models.TextChoices):
        """What may happen; the first publication is the page's own date."""

        UPDATED = "updated", _("updated")
        CONFIRMED = "confirmed", _("confirmed")
        RETIRED = "retired", _("archived")

    page = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="history"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    happened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When a retired practice came back."""
    parts = models.JSONField(default=list)
    """The names of the parts that an update changed."""
    reason = models.CharField(max_length=300, blank=True)
    """Why a practice was retired; visitors read it."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who did it; never shown to visitors."""

    class Meta:
        """A practice is retired once at a time."""

        ordering = ("happened_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("page",),
                condition=Q(kind="retired", ended_at=None),
                name="history_retired_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id} {self.kind} {self.happened_at:%Y-%m-%d}"


class ReviewReminder(models.Model):
    """A mail that asked whether a practice is still right; the row makes it go out once."""

    page = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    """The publication or confirmation that the question is about."""
    number = models.PositiveSmallIntegerField()
    """0 for the question, 1 and 2 for the reminders."""
    sent_at = models.DateTimeField()

    class Meta:
        """Two runs at once send one mail."""

        constraints = (
            models.UniqueConstraint(
                fields=("page", "since", "number"), name="review_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id} {self.since:%Y-%m-%d} {self.number}"
