"""The outbox: which documents changed, for each index that must hear of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """The last change of one document, for one follower (an index in one engine).

    A version for each document and not one running number for all: on PostgreSQL running numbers
    do not follow the order of commits, so a cursor over them skips rows.
    """

    follower = models.CharField(_("search index"), max_length=100)
    document = models.PositiveBigIntegerField(_("document"))
    version = models.PositiveBigIntegerField(default=0)
    delivered = models.PositiveBigIntegerField(default=0)
    recorded_at = models.DateTimeField(_("since"))
    not_before = models.DateTimeField(null=True)
    """Until then somebody else delivers it, or it waits for its next attempt."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often the engine refused this version."""
    error = models.TextField(_("error"), blank=True)
    is_set_aside = models.BooleanField(default=False)
    """Refused so often that only a person, or a new version, lets it be tried again."""

    class Meta:
        """A document is pending as long as its newest version was not delivered."""

        verbose_name = _("change")
        constraints = (
            models.UniqueConstraint(fields=("follower", "document"), name="change_unique"),
        )
        indexes = (
            models.Index(
                fields=("follower", "recorded_at", "id"),
                condition=Q(version__gt=F("delivered")),
                name="change_pending",
            ),
            models.Index(
                fields=("recorded_at",), condition=Q(is_set_aside=True), name="change_set_aside"
            ),
        )

    def __str__(self) -> str:
        return f"{self.follower} {self.document} v{self.version}"


class Follower(models.Model):
    """An index that hears of every change: one in the cluster, and one on each machine beside it.

    What all machines must respect stands here; that one of them cannot reach it is its own affair.
    All moments are those of the database's clock.
    """

    name = models.CharField(max_length=100, unique=True)
    index = models.CharField(max_length=100)
    seen_at = models.DateTimeField()
    """When a process last delivered to it; long ago means that its machine is gone."""
    is_current = models.BooleanField(default=False)
    """Whether it was built since it follows; if not, it misses what happened before."""
    error = models.TextField(blank=True)
    """Why a machine could not reach it, and which; for people to read."""
    failed_at = models.DateTimeField(null=True)
    alarm = models.TextField(blank=True)
    """What only a person can settle; it stays until that is done."""
    leased_until = models.DateTimeField(null=True)
    """Until then one process alone may build it anew."""

    class Meta:
        verbose_name = _("search index")

    def __str__(self) -> str:
        return self.name


class JobRun(models.Model):
    """When a timed job last began, on whatever machine."""

    name = models.CharField(max_length=150, unique=True)
    last_run = models.DateTimeField()

    class Meta:
        verbose_name = _("timed job")

    def __str__(self) -> str:
        return self.name


class Meaning(models.Model):
    """What one document means: the vectors of its texts, as one model made them.

    Followed as an engine follows the outbox, and written anew where texts or model changed.
    """

    index = models.CharField(max_length=100)
    document = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    """That of the outbox; a newer one is never replaced by an older."""
    fingerprint = models.CharField(max_length=64)
    """Of the model and the texts."""
    vectors = models.BinaryField()
    """A byte for each number, one vector after another."""

    class Meta:
        verbose_name = _("meaning of a document")
        constraints = (
            models.UniqueConstraint(fields=("index", "document"), name="meaning_unique"),
        )

    def __str__(self) -> str:
        return f"{self.index} {self.document}"


class Meanings(models.Model):
    """The meanings of one index: by which model, and a number that goes up with each change."""

    index = models.CharField(max_length=100, unique=True)
    model = models.CharField(max_length=100)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("meanings of an index")

    def __str__(self) -> str:
        return f"{self.index} {self.number}"
