"""Searches that somebody follows by e-mail, without an account; see decision 0042."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often a subscriber hears of new practices, at most."""

    DAILY = "dag", _("at most once a day")
    WEEKLY = "week", _("at most once a week")


class Subscription(models.Model):
    """One search that one address follows; the row goes with the last use of the address."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    query = models.TextField(blank=True)
    """The search as the site writes it, without order and page; empty for all practices."""
    frequency = models.CharField(max_length=4, choices=Frequency, default=Frequency.WEEKLY)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    """When the owner of the address said yes; before that nothing is sent but the question."""
    due_at = models.DateTimeField(null=True, db_index=True)
    """When to look for new practices next."""
    unreached = models.PositiveSmallIntegerField(default=0)
    """How many mails in a row were given up."""

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("email", "query"), name="subscription_once"),
            models.CheckConstraint(
                condition=models.Q(due_at=None) | ~models.Q(confirmed_at=None),
                name="subscription_mails_only_who_said_yes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Alerted(models.Model):
    """A practice that a subscriber was told of, so that nobody is told twice."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="alerted")
    practice = models.ForeignKey("practices.PracticePage", models.CASCADE, related_name="+")

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("subscription", "practice"), name="alerted_once"),
        )

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.practice_id}"
