"""Facets: by what documents are counted and chosen. A facet is data; no document is known here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, as it is offered."""

    value: str
    label: str
    parent: str = ""
    definition: str = ""
    is_active: bool = True
    """Whether new documents may get it; where it is not, only documents make it worth showing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one value of a query string: its canonical form, or why there is none."""

    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Lift:
    """Values of a facet whose documents go before others that are about as good."""

    facet: str
    values: tuple[str, ...]
    part: float
    """By so much of itself the rank of such a document grows; more than 0."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with a fixed list of values; an option with a parent stands below it.

    Documents carry the parents of their values too, so that a parent finds its children.
    """

    name: str
    label: str
    options: Mapping[str, Option] = field(default_factory=dict)
    kind: str = "terms"
    by_count: bool = False
    """Offer the options with most hits first, instead of in the order of the list."""
    show_all: bool = False
    """The list is long: a page of its own offers all options."""
    on: str = ""
    """The facet of the index on which this one is a condition, if it has no values there itself.

    Each of its values stands for several of that facet, and these overlap, so an option is counted
    where it is chosen; all of them are on the page with all options only.
    """

    def read(self, raw: str) -> Reading:
        """The value that a searcher means; unknown ones are reported."""
        value = raw.strip().lower()
        if value in self.options:
            return Reading(value)
        return Reading(problem="unknown")

    def indexed(self, values: Iterable[str]) -> tuple[str, ...]:
        """The values of documents that a choice of `values` stands for."""
        return tuple(values)

    def lifts(self, own: str) -> tuple[Lift, ...]:
        """What goes first for who has the value `own`, the greatest part first.

        No document is in two of them.
        """
        del own
        return ()

    def option(self, value: str) -> Option:
        """The option of a value that `read` or a document gave."""
        return self.options.get(value) or Option(value, value)

    def sorted(self, values: Iterable[str]) -> tuple[str, ...]:
        """Values once each, in the order in which they stand in an address."""
        return tuple(sorted(set(values)))


_RANGE = re.compile(r"(\d{4})?(?:(-)(\d{4})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearFacet(Facet):
    """A facet of years: a value is a year (`2009`) or a range (`2008-2010`, `2008-`, `-2010`)."""

    kind: str = "range"
    first: int = 1950
    last: int = 2100

    def read(self, raw: str) -> Reading:
        """A year or range within the bounds; one that is upside down is turned, and said."""
        match = _RANGE.fullmatch(raw.strip())
        if match is None or not (match[1] or match[3]):
            return Reading(problem="unknown")
        start = int(match[1] or self.first)
        end = int(match[3] or self.last) if match[2] else start
        problem = "upside-down" if start > end else ""
        start, end = sorted((start, end))
        if end < self.first or start > self.last:
            return Reading(problem="unknown")
        start, end = max(start, self.first), min(end, self.last)
        if start == end:
            return Reading(str(start), problem)
        left = "" if start == self.first else str(start)
        right = "" if end == self.last else str(end)
        # All years there are is still a condition: the year must be known.
        value = f"{left}-{right}" if left or right else f"{start}-{end}"
        return Reading(value, problem)

    def bounds(self, value: str) -> tuple[int, int]:
        """The first and last year of a canonical value."""
        start, dash, end = value.partition("-")
        if not dash:
            return int(start), int(start)
        return int(start or self.first), int(end or self.last)

    def indexed(self, values: Iterable[str]) -> tuple[str, ...]:
        """All years of the ranges."""
        years: set[int] = set()
        for value in values:
            start, end = self.bounds(value)
            years.update(range(start, end + 1))
        return tuple(str(year) for year in sorted(years))

    def option(self, value: str) -> Option:
        """A year or range in words."""
        start, dash, end = value.partition("-")
        if not dash:
            return Option(value, start)
        if not end:
            return Option(value, _("from %(year)s") % {"year": start})
        if not start:
            return Option(value, _("up to %(year)s") % {"year": end})
        return Option(value, _("%(start)s to %(end)s") % {"start": start, "end": end})
