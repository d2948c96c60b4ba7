"""The minimum to submit (domain: title, summary, format, … one lesson).

Stands in until `practices.checks` has it.
"""

from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from practices.models import PracticePage


class Problem(NamedTuple):
    """What is missing for submission, and the field at which to say so."""

    field: str
    message: str


def problems_for_submission(page: PracticePage) -> list[Problem]:
    """All that keeps a practice from being submitted, in the order of the form."""
    needed = (
        ("title", bool(page.title.strip()), _("Give the practice a title.")),
        ("summary", bool(page.summary.strip()), _("Write a summary.")),
        ("formats", page.formats.exists(), _("Choose at least one format.")),
        ("approach", bool(strip_tags(page.approach).strip()), _("Describe the approach.")),
        ("target_groups", page.target_groups.exists(), _("Choose at least one target group.")),
        ("trainers", page.trainers.exists(), _("Add at least one trainer.")),
        (
            "radicalisation_types",
            page.radicalisation_types.exists(),
            _("Choose at least one radicalisation type."),
        ),
        ("themes", page.themes.exists(), _("Choose at least one theme.")),
        ("lessons", page.lessons.exists(), _("Add at least one lesson.")),
    )
    return [Problem(field, message) for field, there, message in needed if not there]
