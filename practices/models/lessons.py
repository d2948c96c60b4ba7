"""A lesson of a practice, and the key by which it stays known.

A lesson that was written in a draft has no primary key until the draft is published, and none in
that draft even then: whoever edits on from it would make another row of it each time. So each
lesson has a key of its own, which goes along in drafts, forms and copies.
"""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

KEY_LENGTH = 6
KEY_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
"""Without vowels, so that no key is a word, and without letters that look like another."""
KEY = re.compile(rf"[{KEY_LETTERS}]{{{KEY_LENGTH}}}", re.ASCII)


def new_key() -> str:
    """A key by chance; a practice has so few lessons that no two of them get the same."""
    return get_random_string(KEY_LENGTH, KEY_LETTERS)


class Lesson(Orderable):
    """One lesson: what worked, what did not, or a tip."""

    class Kind(models.TextChoices):
        """The three kinds of lessons."""

        WORKED = "werkte", _("Worked")
        DID_NOT_WORK = "werkte_niet", _("Did not work")
        TIP = "tip", _("Tip")

    page = ParentalKey("PracticePage", on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(
        _("lesson"), help_text=_("Write it so that another municipality can use it.")
    )
    key = models.CharField(max_length=KEY_LENGTH, blank=True)
    """Unique within its practice: with the practice's id it is the lesson's lasting address."""

    panels: ClassVar = [FieldPanel("kind", required_on_save=True), FieldPanel("text")]

    class Meta(Orderable.Meta):
        """Shown to officials under this name."""

        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=["werkte", "werkte_niet", "tip"]),
                name="lesson_known_kind",
            ),
            models.CheckConstraint(condition=~models.Q(key=""), name="lesson_has_key"),
            models.UniqueConstraint(fields=("page", "key"), name="lesson_unique_key"),
        )

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give it a key if nobody did."""
        self.key = self.key or new_key()
        super().save(*args, **kwargs)


def give_keys(lessons: Iterable[Lesson], page: int | None) -> None:
    """Let each lesson of a version have a key of its own.

    One without (of an old version, of a form that was open for long) gets that of the published
    lesson of `page` in the same words, or else a new one.
    """
    found = list(lessons)
    taken: set[str] = set()
    without = []
    for lesson in found:
        if KEY.fullmatch(lesson.key) and lesson.key not in taken:
            taken.add(lesson.key)
        else:
            without.append(lesson)
    if not without:
        return
    rows = Lesson.objects.filter(page=page) if page else Lesson.objects.none()
    published = {(row.kind, row.text): row.key for row in rows if row.key not in taken}
    for lesson in without:
        lesson.key = published.pop((lesson.kind, lesson.text), "") or new_key()


def find_rows(lessons: Iterable[Lesson], page: int | None) -> None:
    """Let the lessons of a version that is about to be saved be the rows that have their keys.

    A row keeps its key, whatever a form says.
    """
    found = list(lessons)
    if not page or not found:
        return
    rows = {row.key: row.pk for row in Lesson.objects.filter(page=page)}
    keys = {pk: key for key, pk in rows.items()}
    taken = {lesson.pk for lesson in found if lesson.pk in keys}
    for lesson in found:
        if lesson.pk in keys:
            lesson.key = keys[lesson.pk]
        elif rows.get(lesson.key) in taken:
            lesson.key = new_key()
        elif lesson.key in rows:
            lesson.pk = rows[lesson.key]
            taken.add(lesson.pk)


def kind_value(kind: str) -> str:
    """A value of `Lesson.Kind` as it stands in an address."""
    return kind.replace("_", "-")
