"""Searches that found nothing, kept so that nobody can be recognised; see decision 0038."""

import secrets
from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 60
"""Characters of a search that is kept; few searches are longer."""


class DailySalt(models.Model):
    """A random secret under which visitors are told apart for one day; destroyed after it."""

    day = models.DateField(unique=True)
    salt = models.BinaryField(default=partial(secrets.token_bytes, 32), editable=False)

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)


class UnansweredSearch(models.Model):
    """A search that found nothing; its text is empty until enough different visitors made it."""

    text_hash = models.CharField(max_length=64, unique=True, editable=False)
    """What the text is recognised by; made with a key that is not in the database."""
    text = models.CharField(_("text"), max_length=LONGEST_TEXT, blank=True)
    visitors = models.PositiveIntegerField(_("visitors"), default=0)
    """Different visitors; who comes back on another day is another one."""
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        """Shown in the figures only."""

        default_permissions = ()
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")

    def __str__(self) -> str:
        return self.text or self.text_hash


class SearchVisitor(models.Model):
    """That somebody made a search today; it goes when the salt of the day goes."""

    search = models.ForeignKey(UnansweredSearch, on_delete=models.CASCADE, related_name="+")
    day = models.ForeignKey(DailySalt, on_delete=models.CASCADE, related_name="+")
    visitor_hash = models.CharField(max_length=64, unique=True, editable=False)
    """Of visitor and search together, so that two searches of one visitor look unrelated."""

    class Meta:
        """Nobody reads it but the site itself."""

        default_permissions = ()

    def __str__(self) -> str:
        return self.visitor_hash
