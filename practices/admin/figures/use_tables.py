"""The tables about what visitors and authors did: searches in vain, and overruled rules."""

from django.utils.translation import gettext as _

from practices.admin.figures.months import Period
from practices.admin.figures.selectors import unanswered
from practices.admin.figures.tables import Plot, Table, day_text
from practices.services.checks.selectors import overrule_counts


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
        (_("What was searched"), _("Visitors"), _("Last on")),
        tuple((row.text, row.visitors, day_text(row.last_on)) for row in shown),
        _("No search was made in vain by three different visitors in these months."),
        Plot.BARS,
        more=len(rows) - len(shown),
    )


def overruled(period: Period) -> Table:
    """How often authors overrule each rule; of all practices, whatever the period."""
    return Table(
        "regels",
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
