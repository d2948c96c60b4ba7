"""All vocabularies, as one model of terms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """The vocabularies; a value is also the name of the facet in the address of a search."""

    FORMAT = "vorm", _("Format")
    RADICALISATION_TYPE = "soort", _("Radicalisation type")
    THEME = "thema", _("Theme")
    LEARNING_GOAL = "leerdoel", _("Learning goal")
    TARGET_GROUP = "doelgroep", _("Target group")
    COMPOSITION = "samenstelling", _("Group composition")
    POLICY_FIELD = "beleidsveld", _("Policy field")
    DELIVERY = "uitvoering", _("Delivery")
    EXPERTISE = "expertise", _("Trainer expertise")
    WORKING_METHOD = "werkvorm", _("Working method")


class Term(models.Model):
    """One term of one vocabulary; retired terms stay on old practices and leave the choices."""

    vocabulary = models.CharField(_("vocabulary"), max_length=20, choices=Vocabulary)
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_("Stands in the address of a search. Change it only if you must."),
    )
    label = models.CharField(_("name"), max_length=100)
    definition = models.TextField(
        _("definition"), help_text=_("One or two sentences in plain Dutch.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("broader term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_(
            "A learning goal stands under a theme; other terms under one of their own kind."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch off to retire the term: it stays on old practices."),
    )

    class Meta:
        """Terms stand in the order that editors gave them."""

        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("vocabulary", "position", "label")
        constraints = (
            models.UniqueConstraint(fields=("vocabulary", "slug"), name="term_unique_slug"),
            models.CheckConstraint(
                condition=models.Q(vocabulary__in=Vocabulary.values), name="term_known_vocabulary"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="term_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def parent_vocabulary(self) -> str:
        """The vocabulary in which a broader term must stand."""
        if self.vocabulary == Vocabulary.LEARNING_GOAL:
            return Vocabulary.THEME
        return self.vocabulary

    def clean(self) -> None:
        """Refuse a broader term of another vocabulary, and more than two levels."""
        if self.parent is None:
            return
        if self.parent.vocabulary != self.parent_vocabulary:
            raise ValidationError({"parent": _("Choose a broader term of the right vocabulary.")})
        if self.parent.parent_id or (self.pk and self.children.exists()):
            raise ValidationError({"parent": _("Terms have at most two levels.")})
