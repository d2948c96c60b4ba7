"""The outbox: which documents changed, for each index that must hear of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """The last change of one document, for one follower (an index in one engine).

    A version for each document and not one running number for all: on PostgreSQL running numbers
    do not follow the order of commits, so a cursor over them skips rows.
    """

    follower = models.CharField(max_length=100)
    document = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    delivered = models.PositiveBigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        """A document is pending as long as its newest version was not delivered."""

        verbose_name = _("change")
        constraints = (
            models.UniqueConstraint(fields=("follower", "document"), name="change_unique"),
        )
        indexes = (
            models.Index(
                fields=("follower", "recorded_at", "id"),
                condition=models.Q(version__gt=models.F("delivered")),
                name="change_pending",
            ),
        )

    def __str__(self) -> str:
        return f"{self.follower} {self.document} v{self.version}"
