"""The tables of the figures by the names under which they are addressed; each reads its own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.checks.selectors import overrule_counts
from practices.figures import published, review
from practices.figures.months import Period
from practices.figures.published import Age
from practices.figures.selectors import unanswered
from practices.figures.tables import Link, Plot, Table
from practices.models import Vocabulary
from practices.moderation.forms import CHECKLIST
from practices.moderation.working_days import TARGET

MOST_ROWS = 50
"""Rows of a long list on the page; the file has all of them."""

Block = Callable[[Period], Table]


def per_month(period: Period) -> Table:
    """Submitted, published, updated and sent back."""
    rows = review.month_counts(period)
    return Table(
        "per-maand",
        _("Submitted and published"),
        _(
            "Published counts a practice in the month in which visitors could read it for the first "
            "time. An update is a new version of a practice that was public already."
        ),
        (_("Month"), _("Submitted"), _("Published"), _("Updates"), _("Changes asked")),
        tuple(
            (_month(row.month), row.submitted, row.published, row.updated, row.changes_asked)
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
            (_month(row.month), row.decisions, row.median, row.slowest_tenth, row.within_target)
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
                _day(timezone.localtime(row.decided_at).date()),
                Link(row.title or _("Without a title"), reverse("practices_review", args=[row.review_id])),
                row.text if most is None else Truncator(row.text).chars(300),
                _points(row.missing),
            )
            for row in shown
        ),
        _("Nobody asked for changes in these months."),
        more=len(rows) - len(shown),
    )


def by_municipality(period: Period) -> Table:
    """Published in the period, by municipality."""
    rows = published.by_municipality(period)
    return _counted("per-gemeente", _("Published by municipality"), _("Municipality"), rows)


def by_format(period: Period) -> Table:
    """The same by format."""
    rows = published.by_term(period, "formats")
    label = str(Vocabulary.FORMAT.label)
    return _counted("per-vorm", _("Published by format"), label, rows, may_repeat=True)


def by_type(period: Period) -> Table:
    """The same by radicalisation type."""
    rows = published.by_term(period, "radicalisation_types")
    label = str(Vocabulary.RADICALISATION_TYPE.label)
    return _counted("per-soort", _("Published by radicalisation type"), label, rows, may_repeat=True)


def searches(period: Period, most: int | None = None) -> Table:
    """What visitors searched in vain."""
    rows = list(unanswered(period)[: None if most is None else most + 1])
    shown = rows if most is None else rows[:most]
    return Table(
        "zonder-resultaat",
        _("Searches without results"),
        _(
            "You see a search only when three different visitors made it, without a filter. Text "
            "that could name a person is never kept. The number is of all visitors up to now."
        ),
        (_("Search"), _("Visitors"), _("Last on")),
        tuple((row.text, row.visitors, _day(row.last_on)) for row in shown),
        _("No search was made in vain by three different visitors in these months."),
        Plot.BARS,
        more=len(rows) - len(shown),
    )


def overruled(period: Period) -> Table:
    """How often authors overrule each rule; of all practices, whatever the period."""
    return Table(
        "afgewezen-regels",
        _("Overruled rules"),
        _(
            "How many practices overrule each rule with a reason, now, whatever the period. A rule "
            "that is often overruled is wrong, or badly explained."
        ),
        (_("Rule"), _("Practices")),
        tuple((row.label, row.count) for row in overrule_counts()),
        _("Nobody has overruled a rule."),
        Plot.BARS,
    )


def by_age(period: Period) -> Table:
    """How long ago practices were published or confirmed; now, whatever the period."""
    names = {
        Age.HALF_YEAR: _("less than 6 months"),
        Age.YEAR: _("6 to 12 months"),
        Age.YEAR_AND_A_HALF: _("12 to 18 months"),
        Age.TWO_YEARS: _("18 to 24 months"),
        Age.DUE: _("24 months or more: to be checked"),
        Age.UNCONFIRMED: _("Asked three times: not confirmed"),
    }
    return Table(
        "leeftijd",
        _("Practices by age"),
        _(
            "How long ago each public practice was published or last confirmed, now, whatever the "
            "period. The archive is left out."
        ),
        (_("Age"), _("Practices")),
        tuple((names[age], number) for age, number in published.ages().items()),
        _("No practice is public yet."),
        Plot.BARS,
    )


BLOCKS: Mapping[str, Block] = {
    "per-maand": per_month,
    "beslistijd": decision_time,
    "wat-ontbrak": refused_points,
    "verzoeken": refusal_texts,
    "per-gemeente": by_municipality,
    "per-vorm": by_format,
    "per-soort": by_type,
    "zonder-resultaat": searches,
    "afgewezen-regels": overruled,
    "leeftijd": by_age,
}
"""All tables in their order; the names stand in addresses and in the names of files."""

_LONG: Mapping[str, Callable[[Period, int], Table]] = {
    "verzoeken": refusal_texts,
    "zonder-resultaat": searches,
}
"""Those of which the page shows the first rows only."""


def page_tables(period: Period) -> list[Table]:
    """All tables as the page shows them: long lists are cut."""
    return [
        _LONG[name](period, MOST_ROWS) if name in _LONG else block(period)
        for name, block in BLOCKS.items()
    ]


def _counted(
    name: str, title: str, head: str, rows: Iterable[tuple[str, int]], *, may_repeat: bool = False
) -> Table:
    lead = _("Practices that were published for the first time in these months.")
    if may_repeat:
        lead += " " + _("A practice with two terms counts for both.")
    return Table(
        name,
        title,
        lead,
        (head, _("Practices")),
        tuple((label or _("unknown"), number) for label, number in rows),
        _("Nothing was published in these months."),
        Plot.BARS,
    )


def _points(names: Iterable[str]) -> str:
    return " ".join(str(CHECKLIST[name]) for name in names if name in CHECKLIST)


def _month(month: date) -> str:
    return date_format(month, "M Y")


def _day(day: date) -> str:
    return date_format(day, "j M Y")
