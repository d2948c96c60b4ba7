"""What a practice must say before it can be submitted, and what of that is missing.

Source: the minimum in the description of the domain. A draft may be saved with less.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.services.checks.facts import Draft


@dataclass(frozen=True, slots=True)
class Requirement:
    """One part of the minimum: the field or list of the form, and what to do when it is empty."""

    field: str
    sentence: str | Promise
    is_met: Callable[[Draft], object]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing: the field or list of the form, and the sentence for the author."""

    field: str
    sentence: str


def _is_finished(field: str, draft: Draft) -> bool:
    return field not in draft.unfinished


MINIMUM = (
    Requirement("title", _("Give the practice a title."), lambda draft: draft.title),
    Requirement("summary", _("Write a summary."), lambda draft: draft.summary),
    Requirement("formats", _("Choose at least one format."), lambda draft: draft.formats),
    Requirement("approach", _("Describe the approach."), lambda draft: draft.approach),
    Requirement(
        "target_groups", _("Choose at least one target group."), lambda draft: draft.target_groups
    ),
    Requirement("trainers", _("Add at least one trainer."), lambda draft: draft.trainers),
    Requirement(
        "radicalisation_types",
        _("Choose at least one type of radicalisation."),
        lambda draft: draft.radicalisation_types,
    ),
    Requirement("themes", _("Choose at least one theme."), lambda draft: draft.themes),
    Requirement("lessons", _("Add at least one lesson."), lambda draft: draft.lessons),
)
"""In the order of the form."""

FINISHED = tuple(
    Requirement(field, sentence, partial(_is_finished, field))
    for field, sentence in (
        ("trainers", _("A trainer has no expertise. Choose one, or remove that trainer.")),
        ("lessons", _("A lesson has no text. Write it, or remove that lesson.")),
        ("links", _("A link has no title or no address. Fill in both, or remove that link.")),
    )
)
"""Of each list of which a draft may hold a row that is not finished."""


def missing(draft: Draft) -> tuple[Missing, ...]:
    """All that is missing for submission; empty when it is complete.

    First the minimum, in the order of the form, then of each list that has rows what these lack.
    """
    lacking = [one for one in MINIMUM if not one.is_met(draft)]
    told = {one.field for one in lacking}
    lacking += [one for one in FINISHED if not one.is_met(draft) and one.field not in told]
    return tuple(Missing(one.field, str(one.sentence)) for one in lacking)
