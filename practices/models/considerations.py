"""What municipalities consider doing: theirs alone, until two that do so want to meet."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.municipalities import Municipality


class Consideration(models.Model):
    """A white spot that a municipality thinks of filling; seen by its own officials only."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    cell = models.CharField(max_length=300)
    """The search with the two values of the white spot, as `Query.query_string` writes it."""
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    """When its officials were told of a practice there, or saw that there was one already."""

    class Meta:
        """A municipality considers a thing once."""

        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("municipality", "cell"), name="consideration_once"),
        )

    def __str__(self) -> str:
        return f"consideration {self.pk}"


class Introduction(models.Model):
    """Two municipalities that consider the same, and are asked whether they want to meet."""

    first = models.ForeignKey(Consideration, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Consideration, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    introduced_at = models.DateTimeField(null=True)

    class Meta:
        """Two considerations are brought together once, whichever of them came last."""

        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="introduction_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="introduction_in_one_order"
            ),
        )

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class Says(models.TextChoices):
    """What a municipality answers."""

    NOTHING = "", _("no answer yet")
    YES = "ja", _("yes")
    NO = "nee", _("no")


class IntroductionAnswer(models.Model):
    """What one of the two municipalities answered, and who did so for it."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="answers")
    consideration = models.ForeignKey(
        Consideration, on_delete=models.CASCADE, related_name="answers"
    )
    says = models.CharField(max_length=3, blank=True, choices=Says)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Each of the two has one answer."""

        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("introduction", "consideration"), name="introduction_answer_once"
            ),
            models.CheckConstraint(
                condition=Q(says__in=Says.values), name="introduction_answer_known"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"
