"""What a page or JSON shows of a search: facets, chips, orders, pages and ways out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.facets import Facet, Option
from search.query import Query
from search.run import Condition, Found, Suggestion

TOP = 10


@dataclass(slots=True)
class ShownOption:
    """One option: its `url` chooses this value alone, and then gives exactly `count` results.

    Not frozen, because a page has hundreds and freezing doubles the time to make one.
    """

    value: str
    label: str
    count: int
    selected: bool
    url: str
    definition: str
    children: tuple["ShownOption", ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with its options; `shown` are those that a page lists at once."""

    name: str
    label: str
    kind: str
    options: tuple[ShownOption, ...]
    shown: tuple[ShownOption, ...]
    has_selection: bool
    show_all: bool

    @property
    def hidden_count(self) -> int:
        """How many options are only on the page with all options."""
        return len(self.options) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen condition, and the search without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An order or a page number to go to."""

    value: str
    label: str
    selected: bool
    url: str


class Addresses:
    """Makes the address of a search, relative to the site."""

    def __init__(self, path: str) -> None:
        self.path = path

    def of(self, query: Query) -> str:
        """The one address of a query."""
        text = query.query_string()
        return f"{self.path}?{text}" if text else self.path


def shown_facets(
    found: Found, facets: Iterable[Facet], addresses: Addresses
) -> tuple[ShownFacet, ...]:
    """All facets with their options: selected ones always, others only where they give hits."""
    return tuple(
        _facet(facet, found.query, found.answer.counts.get(facet.name, {}), addresses)
        for facet in facets
    )


def _facet(
    facet: Facet, query: Query, counts: Mapping[str, int], addresses: Addresses
) -> ShownFacet:
    selected = query.values(facet.name)
    offered = _offered(facet, counts, selected)
    # All addresses of a facet differ in one value only, so the rest is written once.
    before, after = _around(query, facet.name, addresses)

    def shown(option: Option, children: tuple[ShownOption, ...] = ()) -> ShownOption:
        return ShownOption(
            option.value,
            option.label,
            counts.get(option.value, 0),
            option.value in selected,
            f"{before}{option.value}{after}",
            option.definition,
            children,
        )

    below: dict[str, list[ShownOption]] = {}
    present = {option.value for option in offered}
    for option in offered:
        if option.parent in present:
            below.setdefault(option.parent, []).append(shown(option))
    options = tuple(
        shown(option, tuple(below.get(option.value, ())))
        for option in offered
        if option.parent not in present
    )
    return ShownFacet(
        facet.name,
        facet.label,
        facet.kind,
        options,
        _shown(facet, options),
        bool(selected),
        facet.show_all,
    )


def _offered(facet: Facet, counts: Mapping[str, int], selected: tuple[str, ...]) -> list[Option]:
    if facet.kind == "range":
        values = sorted({*counts, *selected}, reverse=True)
        return [facet.option(value) for value in values]
    options = [
        option for value, option in facet.options.items() if counts.get(value) or value in selected
    ]
    if facet.by_count:
        options.sort(key=lambda option: (-counts.get(option.value, 0), option.label))
    return options


def _around(query: Query, facet: str, addresses: Addresses) -> tuple[str, str]:
    mark = "-0-"
    before, after = addresses.of(query.choosing(facet, [mark])).split(f"{facet}={mark}")
    return f"{before}{facet}=", after


def _shown(facet: Facet, options: tuple[ShownOption, ...]) -> tuple[ShownOption, ...]:
    """Selected options and the first ones, where the list is long."""
    if not facet.show_all or len(options) <= TOP:
        return options
    return tuple(option for place, option in enumerate(options) if option.selected or place < TOP)


def chips(query: Query, facets: Mapping[str, Facet], addresses: Addresses) -> tuple[Chip, ...]:
    """All conditions of a search, each with the search without it."""
    shown = [Chip(_("Text"), query.text, addresses.of(query.with_text("")))] if query.text else []
    for facet in facets.values():
        shown += [
            Chip(
                facet.label,
                facet.option(value).label,
                addresses.of(query.without(facet.name, value)),
            )
            for value in query.values(facet.name)
        ]
    return tuple(shown)


def orders(query: Query, labels: Mapping[str, str], addresses: Addresses) -> tuple[Choice, ...]:
    """All orders; relevance only where there is text to be relevant to."""
    return tuple(
        Choice(value, label, query.order() == value, addresses.of(query.sorted_by(value)))
        for value, label in labels.items()
        if query.text or value != "relevantie"
    )


def pages(query: Query, last: int, addresses: Addresses) -> tuple[Choice | None, ...]:
    """The first, last and nearest pages; None stands for a gap."""
    near = {1, last, *range(max(1, query.page - 2), min(last, query.page + 2) + 1)}
    shown: list[Choice | None] = []
    previous = 0
    for number in sorted(near):
        if number > previous + 1:
            shown.append(None)
        address = addresses.of(query.at_page(number))
        shown.append(Choice(str(number), str(number), number == query.page, address))
        previous = number
    return tuple(shown)


def relaxation_label(condition: Condition, facets: Mapping[str, Facet]) -> str:
    """The condition in words."""
    if not condition.facet:
        return _("without the text “%(text)s”") % {"text": condition.value}
    facet = facets[condition.facet]
    if not condition.value:
        return _("without %(facet)s") % {"facet": facet.label}
    label = facet.option(condition.value).label
    return _("without %(facet)s: %(value)s") % {"facet": facet.label, "value": label}


def suggestion_data(found: Suggestion | None, addresses: Addresses) -> dict[str, object] | None:
    """A suggestion as JSON has it."""
    if found is None:
        return None
    return {"text": found.query.text, "url": addresses.of(found.query), "total": found.total}


def facet_data(facet: ShownFacet) -> dict[str, object]:
    """A facet as JSON has it."""
    return {
        "name": facet.name,
        "label": facet.label,
        "options": [_option_data(option) for option in facet.options],
    }


def _option_data(option: ShownOption) -> dict[str, object]:
    data: dict[str, object] = {
        "value": option.value,
        "label": option.label,
        "count": option.count,
        "selected": option.selected,
        "url": option.url,
    }
    if option.children:
        data["children"] = [_option_data(child) for child in option.children]
    return data
