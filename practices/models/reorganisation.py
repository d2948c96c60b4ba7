"""A municipal reorganisation: municipalities become part of another one, from a date."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models.municipalities import Municipality


class ReorganisationState(models.TextChoices):
    """Where a reorganisation stands."""

    PREPARED = "prepared", _("prepared")
    CARRIED_OUT = "carried_out", _("carried out, not final yet")
    CONFIRMED = "confirmed", _("final")
    UNDONE = "undone", _("undone")


IN_FORCE = frozenset({ReorganisationState.CARRIED_OUT, ReorganisationState.CONFIRMED})
"""The old municipalities are part of the new one."""


def _who() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Reorganisation(models.Model):
    """Old municipalities that go into a new one, and all that is needed to undo it.

    The new one exists already, or is made from `new_name`, `new_code` and `new_slug` when the
    reorganisation is carried out.
    """

    old = models.ManyToManyField(
        Municipality, verbose_name=_("old municipalities"), related_name="reorganisations"
    )
    new = models.ForeignKey(
        Municipality,
        verbose_name=_("new municipality"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    new_name = models.CharField(_("name"), max_length=80, blank=True)
    new_code = models.CharField(_("CBS code"), max_length=6, blank=True)
    new_slug = models.SlugField(_("slug"), max_length=80, blank=True)
    takes_effect_on = models.DateField(_("date of effect"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ReorganisationState,
        default=ReorganisationState.PREPARED,
    )
    prepared_by = _who()
    prepared_at = models.DateTimeField(auto_now_add=True)
    carried_out_by = _who()
    carried_out_at = models.DateTimeField(null=True)
    settled_by = _who()
    settled_at = models.DateTimeField(null=True)
    """When it was made final or undone."""
    kept = models.JSONField(default=dict)
    """What stood where before: what fills it stands in `practices.services.reorganisation`."""

    class Meta:
        """The latest date first; the new municipality is an existing one or described."""

        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ("-takes_effect_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(new__isnull=False) | ~Q(new_code=""), name="reorganisation_has_new"
            ),
        )

    def __str__(self) -> str:
        return f"{self.new_title} ({self.takes_effect_on:%Y-%m-%d})"

    @property
    def is_new_made(self) -> bool:
        """Whether the new municipality is made by this reorganisation."""
        return bool(self.new_code)

    @property
    def new_title(self) -> str:
        """The name of the new municipality, also where it does not exist (any more)."""
        return self.new.shown_name if self.new else self.new_name

    @property
    def target(self) -> Municipality:
        """The new municipality; raises `Municipality.DoesNotExist` as long as there is none."""
        if self.new is None:
            raise Municipality.DoesNotExist
        return self.new

    @property
    def is_in_force(self) -> bool:
        """Whether the old municipalities are part of the new one."""
        return self.state in IN_FORCE


class PracticeMove(models.Model):
    """A practice that a reorganisation moved: its former address, and where it goes back to."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="moves"
    )
    page = models.ForeignKey("PracticePage", on_delete=models.CASCADE, related_name="+")
    old_municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    old_slug = models.SlugField(max_length=255)
    new_slug = models.SlugField(max_length=255)

    class Meta:
        """A reorganisation moves a practice once."""

        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("reorganisation", "page"), name="practice_move_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.new_slug}"
