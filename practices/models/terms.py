"""All vocabularies, as one model of terms; and the values that terms had before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a slug that goes out of use, so that old addresses lead on.

        Raises `DatabaseError` for a term that is gone: Django would bring it back.
        """
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            saved = Term.objects.select_for_update().filter(pk=self.pk)
            old = saved.values_list("slug", flat=True).first()
            if old is not None and old != self.slug:
                FormerValue.keep(slug=old, term=self)
            # Last, because it tells all processes to read the registers again.
            super().save(*args, **{"force_update": True} | kwargs)

    @property
    def parent_vocabulary(self) -> str:
        """The vocabulary in which a broader term must stand."""
        if self.vocabulary == Vocabulary.LEARNING_GOAL:
            return Vocabulary.THEME
        return self.vocabulary

    def clean(self) -> None:
        """Refuse what would break levels, practices or old addresses; all errors at once."""
        errors: dict[str, Any] = {}
        if self._changes_vocabulary():
            errors["vocabulary"] = _("A term stays in its vocabulary. Make a new term instead.")
        if owner := self._owner_of_slug():
            errors["slug"] = _(
                "Old addresses with this slug lead to the term “%(label)s”. Choose another slug."
            ) % {"label": owner.label}
        if problem := self._problem_of_parent():
            errors["parent"] = problem
        if errors:
            raise ValidationError(errors)

    def _changes_vocabulary(self) -> bool:
        """Whether the term is moved to another vocabulary, where its practices have no field."""
        saved = Term.objects.filter(pk=self.pk) if self.pk else Term.objects.none()
        return saved.exclude(vocabulary=self.vocabulary).exists()

    def _owner_of_slug(self) -> "Term | None":
        """Another term of this vocabulary, to which old addresses with this slug lead."""
        former = FormerValue.objects.filter(vocabulary=self.vocabulary, slug=self.slug)
        found = former.exclude(term=self.pk).select_related("term").first()
        return found.term if found else None

    def _problem_of_parent(self) -> Any:
        if self.parent is None:
            return None
        if self.parent.vocabulary != self.parent_vocabulary:
            return _("Choose a broader term of the right vocabulary.")
        if self.parent.parent_id or (self.pk and self.children.exists()):
            return _("Terms have at most two levels.")
        return None


class FormerValue(models.Model):
    """A slug that a term had before it was renamed, or merged into `term`."""

    vocabulary = models.CharField(max_length=20, choices=Vocabulary)
    slug = models.SlugField(max_length=60)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="former_values")
    merged_id = models.PositiveBigIntegerField(null=True)
    """The primary key of a term that is gone, for a version that was saved during the merge."""

    class Meta:
        """An old value leads to one term."""

        constraints = (
            models.UniqueConstraint(fields=("vocabulary", "slug"), name="former_value_unique_slug"),
        )

    def __str__(self) -> str:
        return f"{self.vocabulary}={self.slug}"

    @classmethod
    def keep(cls, *, slug: str, term: Term, merged_id: int | None = None) -> None:
        """Let a slug lead to a term from now on, whatever it led to before."""
        values: dict[str, Any] = {"term": term}
        if merged_id is not None:
            values["merged_id"] = merged_id
        cls.objects.update_or_create(vocabulary=term.vocabulary, slug=slug, defaults=values)

    @classmethod
    def merged_terms(cls) -> dict[int, int]:
        """Primary keys of terms that are gone, each with that of the term of now; one query."""
        known = Term.objects.filter(pk=models.OuterRef("merged_id"))
        rows = cls.objects.filter(
            ~models.Exists(known), merged_id__isnull=False, term__vocabulary=models.F("vocabulary")
        )
        return dict(rows.values_list("merged_id", "term_id"))
