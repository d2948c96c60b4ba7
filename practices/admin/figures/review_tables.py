"""The tables about the review."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.admin.figures import review
from practices.admin.figures.months import Period
from practices.admin.figures.tables import Link, Plot, Table, day_text, month_text
from practices.services.moderation.decision_forms import CHECKLIST
from practices.services.moderation.working_days import TARGET


def per_month(period: Period) -> Table:
    """Submitted, published, updated and sent back."""
    rows = review.month_counts(period)
    return Table(
        "per-maand",
        _("Submitted and published"),
        _(
            "Published counts a practice in the month in which visitors could first read it. An "
            "update is a new version of a practice that was public already."
        ),
        (_("Month"), _("Submitted"), _("Published"), _("Updates"), _("Changes asked")),
        tuple(
            (month_text(row.month), row.submitted, row.published, row.updated, row.changes_asked)
            for row in rows
        ),
        _("Nothing was submitted or published in these months."),
        Plot.COLUMNS,
    )


def decision_time(period: Period) -> Table:
    """How long decisions took."""
    rows = review.decision_times(period)
    return Table(
        "beslistijd",
        _("Time to decide"),
        _(
            "Working days from submission to decision, by the month of the decision. Half of the "
            "decisions took the median or less, nine in ten the 90th percentile or less. We "
            "decide within %(target)d working days."
        )
        % {"target": TARGET},
        (
            _("Month"),
            _("Decisions"),
            _("Median"),
            _("90th percentile"),
            _("Within %(target)d working days (%%)") % {"target": TARGET},
        ),
        tuple(
            (month_text(row.month), row.decisions, row.median, row.slowest_tenth, row.within_target)
            for row in rows
        ),
        _("Nothing was decided in these months."),
        Plot.LINES,
    )


def refused_points(period: Period) -> Table:
    """Why editors asked for changes, by the points of their checklist."""
    total, missing = review.missing_points(period)
    return Table(
        "wat-ontbrak",
        _("Why changes were asked"),
        _("How often each point of the checklist was not ticked when an editor asked for changes."),
        (_("Point of the checklist"), _("Not ticked"), _("Share of the requests (%)")),
        tuple(
            (str(CHECKLIST[name]), missing[name], round(100 * missing[name] / total))
            for name in sorted(CHECKLIST, key=lambda name: -missing[name])
        )
        if total
        else (),
        _("Nobody asked for changes in these months."),
        Plot.BARS,
    )


def refusal_texts(period: Period, most: int | None = None) -> Table:
    """What editors wrote to authors, newest first."""
    rows = review.refusals(period, None if most is None else most + 1)
    shown = rows if most is None else rows[:most]
    return Table(
        "verzoeken",
        _("What editors asked for"),
        _("The texts to the authors, newest first."),
        (_("Date"), _("Practice"), _("Text"), _("Not ticked")),
        tuple(
            (
                day_text(timezone.localtime(row.decided_at).date()),
                Link(
                    row.title or _("Without a title"),
                    reverse("practices_review", args=[row.review_id]),
                ),
                row.text if most is None else Truncator(row.text).chars(300),
                _points(row.missing),
            )
            for row in shown
        ),
        _("Nobody asked for changes in these months."),
        more=len(rows) - len(shown),
    )


def _points(names: Iterable[str]) -> str:
    return " ".join(str(CHECKLIST[name]) for name in names if name in CHECKLIST)
