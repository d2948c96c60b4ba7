"""What a page or JSON shows of a search: facets, chips, orders, pages and ways out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from search.questions.facets import Facet, Option
from search.questions.pieces import as_meant
from search.questions.query import RELEVANCE, Query
from search.questions.text import Correction
from search.results.answers import Condition, Found, WithoutWord

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
    address: Callable[[str], str]
    definition: str
    children: tuple["ShownOption", ...] = ()

    @property
    def url(self) -> str:
        """The search with this value alone of its facet."""
        return self.address(self.value)


@dataclass(frozen=True)
class ShownFacet:
    """A facet and how to show each of the options that it offers."""

    name: str
    label: str
    kind: str
    show_all: bool
    selected: tuple[str, ...]
    offered: Sequence[Option]
    show: Callable[[Option], ShownOption]
    is_on_another: bool = False
    """Only chosen options are offered, and others on the page with all options."""

    @property
    def has_selection(self) -> bool:
        """Whether a value of this facet is chosen."""
        return bool(self.selected)

    @property
    def has_meanings(self) -> bool:
        """Whether some option has a definition, which the page with all options shows."""
        return any(option.definition for option in self.offered)

    @cached_property
    def options(self) -> tuple[ShownOption, ...]:
        """All options: selected ones always, others only where they give hits."""
        return tuple(map(self.show, self.offered))

    @cached_property
    def shown(self) -> tuple[ShownOption, ...]:
        """Those that a page lists at once: of a long list the first ones and the selected."""
        if not self.show_all or len(self.offered) <= TOP:
            return self.options
        return tuple(
            self.show(option)
            for place, option in enumerate(self.offered)
            if place < TOP or option.value in self.selected
        )

    @property
    def hidden_count(self) -> int:
        """How many options are only on the page with all options."""
        return len(self.offered) - len(self.shown)


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
    """Makes the address of a search, relative to the site.

    `kept` is what else stands in each address, as a query string.
    """

    def __init__(self, path: str, kept: str = "") -> None:
        self.path, self.kept = path, kept

    def of(self, query: Query) -> str:
        """The one address of a query."""
        text = "&".join(filter(None, (query.query_string(), self.kept)))
        return f"{self.path}?{text}" if text else self.path


class _Around:
    """Addresses that differ in one value of a facet only, so that the rest is written once."""

    MARK = "-0-"

    def __init__(self, query: Query, facet: str, addresses: Addresses) -> None:
        self.query = query
        self.facet = facet
        self.addresses = addresses

    @cached_property
    def parts(self) -> tuple[str, str]:
        """What stands before and after the value."""
        address = self.addresses.of(self.query.choosing(self.facet, [self.MARK]))
        before, after = address.split(f"{self.facet}={self.MARK}")
        return f"{before}{self.facet}=", after

    def __call__(self, value: str) -> str:
        before, after = self.parts
        return f"{before}{value}{after}"


def shown_facets(
    found: Found, facets: Iterable[Facet], addresses: Addresses
) -> tuple[ShownFacet, ...]:
    """All facets with their options."""
    return tuple(
        _facet(facet, found.query, found.answer.counts.get(facet.name, {}), addresses)
        for facet in facets
    )


def _facet(
    facet: Facet, query: Query, counts: Mapping[str, int], addresses: Addresses
) -> ShownFacet:
    selected = query.values(facet.name)
    offered = _offered(facet, counts, selected)
    address = _Around(query, facet.name, addresses)
    present = {option.value for option in offered}
    below: dict[str, list[Option]] = {}
    for option in offered:
        if option.parent in present:
            below.setdefault(option.parent, []).append(option)

    def show(option: Option) -> ShownOption:
        value = option.value
        return ShownOption(
            value,
            option.label,
            counts.get(value, 0),
            value in selected,
            address,
            option.definition,
            tuple(map(show, below[value])) if value in below else (),
        )

    top = [option for option in offered if option.parent not in present]
    return ShownFacet(
        facet.name,
        facet.label,
        facet.kind,
        facet.show_all,
        selected,
        top,
        show,
        is_on_another=bool(facet.on),
    )


def _offered(facet: Facet, counts: Mapping[str, int], selected: tuple[str, ...]) -> list[Option]:
    if facet.kind == "range":
        years = sorted({*counts, *selected}, reverse=True)
        return [facet.option(year) for year in years]
    if facet.by_count:
        # Few of very many values have hits, as a rule.
        values = {value for value, count in counts.items() if count}.union(selected)
        options = [facet.options[value] for value in values if value in facet.options]
        return sorted(options, key=lambda option: (-counts.get(option.value, 0), option.label))
    return [
        option for value, option in facet.options.items() if counts.get(value) or value in selected
    ]


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


def search_title(query: Query, facets: Mapping[str, Facet]) -> str:
    """What a search is for, in words: its text and what was chosen."""
    text = [_("“%(text)s”") % {"text": query.text}] if query.text else []
    chosen = [facets[name].option(value).label for name, values in query.chosen for value in values]
    what = ", ".join(text + chosen)
    return _("Practices: %(what)s") % {"what": what} if what else _("Practices")


def orders(query: Query, labels: Mapping[str, str], addresses: Addresses) -> tuple[Choice, ...]:
    """All orders; relevance only where there is something to be relevant to.

    What holds anyway has no value: a form that sends it chooses nothing, whatever else changes.
    """
    default = query.default_order
    return tuple(
        Choice(
            "" if value == default else value,
            label,
            query.order() == value,
            addresses.of(query.sorted_by(value)),
        )
        for value, label in labels.items()
        if query.text or query.own or value != RELEVANCE
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


def without_word_label(one: WithoutWord) -> str:
    """The word to leave out, in words."""
    return _("without “%(text)s”") % {"text": one.typed}


class Corrected(NamedTuple):
    """A typing error that was corrected, and the search for what was typed."""

    typed: str
    word: str
    url: str


def corrections(
    query: Query, corrected: Iterable[Correction], addresses: Addresses
) -> tuple[Corrected, ...]:
    """Each typing error that was corrected, with the way back."""
    return tuple(
        Corrected(
            one.typed,
            one.word,
            addresses.of(query.at_page(1).with_text(as_meant(query.text, one.typed))),
        )
        for one in corrected
    )


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
