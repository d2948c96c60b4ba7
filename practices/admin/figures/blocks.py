"""The tables of the figures by the names under which they are addressed; each reads its own."""

from collections.abc import Callable, Mapping

from practices.admin.figures import public_tables, review_tables, use_tables
from practices.admin.figures.months import Period
from practices.admin.figures.tables import Table

MOST_ROWS = 50
"""Rows of a long list on the page; the file has all of them."""

Block = Callable[[Period], Table]

BLOCKS: Mapping[str, Block] = {
    "per-maand": review_tables.per_month,
    "beslistijd": review_tables.decision_time,
    "wat-ontbrak": review_tables.refused_points,
    "verzoeken": review_tables.refusal_texts,
    "per-gemeente": public_tables.by_municipality,
    "per-vorm": public_tables.by_format,
    "per-soort": public_tables.by_type,
    "zonder-resultaat": use_tables.searches,
    "regels": use_tables.overruled,
    "leeftijd": public_tables.by_age,
}
"""All tables in their order; the names stand in addresses and in the names of files."""

_LONG: Mapping[str, Callable[[Period, int], Table]] = {
    "verzoeken": review_tables.refusal_texts,
    "zonder-resultaat": use_tables.searches,
}
"""Those of which the page shows the first rows only."""


def page_tables(period: Period) -> list[Table]:
    """All tables as the page shows them: long lists are cut."""
    return [
        _LONG[name](period, MOST_ROWS) if name in _LONG else block(period)
        for name, block in BLOCKS.items()
    ]
