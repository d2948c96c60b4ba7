"""What was done on the site, for who must find out afterwards; see decision 0088."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What is remembered. The values stand in rows and in logs: they stay."""

    LOGGED_IN = "logged-in", _("logged in")
    LOG_IN_FAILED = "log-in-failed", _("log-in failed")
    SLOWED_DOWN = "slowed-down", _("guessed too often")
    LOGGED_OUT = "logged-out", _("logged out")
    LOGGED_OUT_EVERYWHERE = "logged-out-everywhere", _("logged out everywhere")
    PASSWORD_ASKED = "password-asked", _("asked for a new password")
    PASSWORD_SET = "password-set", _("password set")
    INVITED = "invited", _("invited")
    INVITED_AGAIN = "invited-again", _("invited again")
    INVITATION_WITHDRAWN = "invitation-withdrawn", _("invitation withdrawn")
    INVITATION_USED = "invitation-used", _("invitation used")
    RIGHTS_GIVEN = "rights-given", _("rights given")
    RIGHTS_TAKEN = "rights-taken", _("rights taken")
    DEACTIVATED = "deactivated", _("account shut")
    ACTIVATED = "activated", _("account opened")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("taken off the site")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("changes asked")
    FILE_REPLACED = "file-replaced", _("file replaced")
    CREATED = "created", _("made")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    EXPORTED = "exported", _("exported")


class AuditEvent(models.Model):
    """One act: who, what, on what, when and from which network. No names: numbers of accounts.

    Rows are only added. Each gets its place in a chain soon after, by which a change shows: see
    `practices.services.audit.chain`.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=30, choices=Act)
    by = models.CharField(max_length=40, blank=True)
    """The number of the account; empty for a stranger and for the site itself."""
    kind = models.CharField(max_length=100, blank=True)
    """Of what it was done to: a model, as `auth.user`, or the name of an export."""
    key = models.CharField(max_length=255, blank=True)
    network = models.CharField(max_length=50, blank=True)
    """The beginning of the address, shared by hundreds; empty where nobody asked over a network."""
    details = models.JSONField(default=dict)
    number = models.PositiveBigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        """Read by administrators in a report; nobody writes it by hand."""

        default_permissions = ()
        ordering: ClassVar = ["-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.key}".strip()
