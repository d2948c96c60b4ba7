"""Words that searchers use for the same thing, kept by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_WORDS = 12
MAX_RELATED = 30
"""Words of a group that only helps to order, so that no search becomes slow."""


class SynonymGroup(models.Model):
    """Words and phrases that help to find each other; works at once, without a rebuild."""

    class Kind(models.TextChoices):
        """What the words of a group are to each other."""

        SAME = "zelfde", _("the same: each finds all the others")
        LIKE = "bijna", _("nearly the same: the others follow where a search finds little")
        BROADER = "ruimer", _("the first is broader: as nearly the same, but with less weight")

    kind = models.CharField(
        _("kind"), max_length=6, choices=Kind.choices, default=Kind.SAME, db_default=Kind.SAME
    )
    words = models.TextField(
        _("words"),
        help_text=_("One word or phrase a line."),
    )

    class Meta:
        """Groups stand in the order of their first word."""

        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ("words",)

    def __str__(self) -> str:
        return ", ".join(self.as_list())

    def as_list(self) -> list[str]:
        """The words and phrases, without empty lines."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self) -> None:
        """Refuse a group that says nothing, or so much that every search becomes slow."""
        most = MAX_WORDS if self.kind == self.Kind.SAME else MAX_RELATED
        if not 2 <= len(self.as_list()) <= most:
            raise ValidationError(
                {"words": _("Give at least two and at most %(max)d words.") % {"max": most}}
            )
