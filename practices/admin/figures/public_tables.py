"""The tables about what is public."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from practices.admin.figures import published
from practices.admin.figures.months import Period
from practices.admin.figures.published import Age
from practices.admin.figures.tables import Plot, Table
from practices.models import Vocabulary


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
    return _counted(
        "per-soort", _("Published by radicalisation type"), label, rows, may_repeat=True
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
