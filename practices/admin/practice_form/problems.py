"""What keeps a practice from being submitted, for the server's last check."""

from dataclasses import dataclass
from typing import Any

from practices.models import PracticePage
from practices.services.checks.completeness import missing
from practices.services.checks.facts import draft_of
from practices.services.checks.outline import place_of


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at a field or list of the form; `tab` is the heading of its tab."""

    field: str
    sentence: str
    tab: str


def problems_for_submission(page: PracticePage) -> list[Problem]:
    """All that is missing of the minimum, in the order of the form; empty when it may go.

    Contradictions and what points at persons are no problems: they warn, and the editor judges.
    """
    return [
        Problem(one.field, one.sentence, place_of(one.field).tab) for one in missing(draft_of(page))
    ]


def show_at_fields(form: Any, problems: list[Problem]) -> None:
    """Add the problems to a page's form that was validated: at their fields, or their lists."""
    for problem in problems:
        if problem.field in form.formsets:
            form.formsets[problem.field].non_form_errors().append(problem.sentence)
        elif problem.field in form.fields:
            form.add_error(problem.field, problem.sentence)
        else:
            form.add_error(None, problem.sentence)
