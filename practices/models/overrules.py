"""A rule on contradictions that the author overruled, with the reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_REASON = 500


class Overrule(models.Model):
    """One for each rule and practice; it belongs to the practice and not to one version of it.

    Copying a practice leaves it behind: the reason is about the facts of this one. Visitors never
    see it.
    """

    practice = models.ForeignKey(
        "PracticePage",
        verbose_name=_("practice"),
        on_delete=models.CASCADE,
        related_name="overrules",
    )
    rule = models.SlugField(_("rule"), max_length=60)
    reason = models.TextField(_("reason"), max_length=MAX_REASON)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        """The database holds that there is one for each rule and practice, with a reason."""

        verbose_name = _("overruled contradiction")
        verbose_name_plural = _("overruled contradictions")
        constraints = (
            models.UniqueConstraint(fields=("practice", "rule"), name="overrule_unique_rule"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="overrule_has_reason"),
        )

    def __str__(self) -> str:
        return self.rule
