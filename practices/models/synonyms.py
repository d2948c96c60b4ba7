"""Words that searchers use for the same thing, kept by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_WORDS = 12


class SynonymGroup(models.Model):
    """Words and phrases of which each finds all; works at once, without a rebuild."""

    words = models.TextField(
        _("words"),
        help_text=_("One word or phrase a line. Each of them finds all the others."),
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
        count = len(self.as_list())
        if not 2 <= count <= MAX_WORDS:
            raise ValidationError(
                {"words": _("Give at least two and at most %(max)d words.") % {"max": MAX_WORDS}}
            )
