"""Mails that wait to be sent, and whether the site gets its mails out; see decision 0064."""

from django.db import models
from django.utils import timezone


class QueuedMail(models.Model):
    """One mail that waits. Its row goes as soon as a mail server has it.

    Of one that was given up only the reason stays, for a while: no address, no text.
    """

    kind = models.CharField(max_length=40, blank=True)
    """What it is about, with `key`, for who wants to hear what came of it."""
    key = models.PositiveBigIntegerField(null=True)
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    """When to try; while somebody tries, when another may think that it is gone."""
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    """How often the server said that it will never take this mail."""
    given_up_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    """The code of the last failure, or its kind; never the server's text, which names people."""

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(given_up_at=None),
                name="queued_mail_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"mail {self.pk}"


class MailRecord(models.Model):
    """When a mail last went out, and when that last failed; one row, of all machines together."""

    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sent {self.sent_at}, failed {self.failed_at}"
