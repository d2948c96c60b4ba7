"""A search with facets, made ready to show, whatever it finds."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from practices.indexes.registers import Registers
from practices.indexes.searching import sort_labels, standby_notices
from search.engines.base import Reader
from search.questions.facets import Facet
from search.questions.query import Query
from search.results import answers, presenter
from search.results.near import FEW
from search.results.presenter import Addresses, Chip, Choice, Corrected, ShownFacet


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A condition or a word to leave out, and how much is found then."""

    label: str
    url: str
    total: int
    complete: int = 0
    """How much of that has all the other words, where a word is left out."""


class Words(NamedTuple):
    """What a page says of what is searched."""

    found: str
    show: str
    show_found: str
    nothing: str
    everything: str


class FacetedSearch(ABC):
    """Runs a query; raises `EngineError` if no engine can answer.

    `kept` is what else stands in the addresses of this page, as a query string.
    """

    path: ClassVar[str]
    """The address of the page."""
    options_view: ClassVar[str]
    """The name of the view that lists all options of one facet."""
    results: Sequence[Any]
    """What was found, as far as the database confirms it."""

    def __init__(
        self,
        query: Query,
        notices: list[str],
        registers: Registers,
        facets: Mapping[str, Facet],
        reader: Reader,
        kept: str = "",
    ) -> None:
        self.addresses = Addresses(self.path, kept)
        self.registers = registers
        self.facets_by_name = facets
        self.reader = reader
        self.found = answers.run(self.reader, query, facets, registers.synonyms)
        self.query = self.found.query
        self.results = self._results()
        # Asked now, so that what fails here fails before the page is written.
        self.relaxations = self._relaxations()
        self.notices = [*notices, *self._own_notices(query), *self.standby_notices]

    @property
    def text(self) -> str:
        """The text, as it was understood."""
        return self.query.text

    @property
    def total(self) -> int:
        """How much matches."""
        return self.found.answer.total

    @property
    def page(self) -> int:
        """The page that is shown."""
        return self.query.page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.found.pages

    @property
    def standby_notices(self) -> list[str]:
        """What to say where the standby answered."""
        return standby_notices(self.reader)

    def _own_notices(self, asked: Query) -> list[str]:
        notices = []
        if self.query.page != asked.page:
            notices.append(
                _("There is no page %(page)d. You see the last one.") % {"page": asked.page}
            )
        if self.found.text.has_lone_quote:
            notices.append(
                _("A quotation mark stands alone. Put an exact phrase between two of them.")
            )
        if self.query.text and not self.found.text:
            notices.append(_("There is no word in your search text. It does not count."))
        return notices

    @property
    @abstractmethod
    def words(self) -> Words:
        """How the page names what is found: how much, to show it, with how much, none, all."""

    @property
    def shown_total(self) -> str:
        """How much matches, as it is written."""
        return number_format(self.total, force_grouping=True)

    @abstractmethod
    def _results(self) -> Sequence[Any]:
        """What the database confirms of what the engine found, in the order of the engine."""

    def facet(self, name: str) -> ShownFacet:
        """One facet with all its options, those too that a search offers on this page only."""
        found, facet = self.found, self.facets_by_name[name]
        if facet.on:
            counts = answers.every_count(
                self.reader, self.query, self.facets_by_name, name, self.registers.synonyms
            )
            answer = replace(found.answer, counts={**found.answer.counts, name: counts})
            found = replace(found, answer=answer)
        [shown] = presenter.shown_facets(found, [facet], Addresses(self.path))
        return shown

    @cached_property
    def facets(self) -> tuple[ShownFacet, ...]:
        """All facets with their options and counts."""
        return presenter.shown_facets(self.found, self.facets_by_name.values(), self.addresses)

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """What is chosen."""
        return presenter.chips(self.query, self.facets_by_name, self.addresses)

    @cached_property
    def sorts(self) -> tuple[Choice, ...]:
        """The orders that can be chosen."""
        return presenter.orders(self.query, sort_labels(), self.addresses)

    @cached_property
    def pagination(self) -> dict[str, Any]:
        """Links to the pages."""
        previous, following = self.page - 1, self.page + 1
        return {
            "previous_url": self.addresses.of(self.query.at_page(previous)) if previous else "",
            "next_url": (
                self.addresses.of(self.query.at_page(following)) if following <= self.pages else ""
            ),
            "pages": presenter.pages(self.query, self.pages, self.addresses),
        }

    @property
    def canonical_url(self) -> str:
        """The one address of this search, whoever asks it."""
        return Addresses(self.path).of(self.query.owned_by("").at_page(self.page))

    @property
    def address(self) -> str:
        """Where this very page is: the search, and what else was chosen."""
        return self.addresses.of(self.query)

    @property
    def json_url(self) -> str:
        """The same search as JSON."""
        return Addresses(f"{self.path.rstrip('/')}.json").of(self.query)

    @property
    def clear_url(self) -> str:
        """The search without any condition, for the same municipality."""
        return self.addresses.of(Query(own=self.query.own))

    @cached_property
    def corrected(self) -> tuple[Corrected, ...]:
        """The typing errors that were corrected, each with the way back."""
        return presenter.corrections(self.query, self.found.text.corrected, self.addresses)

    @property
    def read_text(self) -> str:
        """The text with its typing errors corrected."""
        source = self.found.text.source
        return source.typed if source and self.found.text.corrected else self.query.text

    def _relaxations(self) -> list[Relaxation]:
        """Words to leave out where few are near to all of them, and a condition where none are."""
        near = self.found.answer.near
        if self.total >= FEW or (near.complete if near else self.total):
            return []
        return [*self._without_words(), *([] if self.total else self._without_conditions())]

    def _without_words(self) -> Iterator[Relaxation]:
        found = answers.ways_out(
            self.reader, self.found, self.facets_by_name, self.registers.synonyms
        )
        for one in found:
            label = presenter.without_word_label(one)
            yield Relaxation(label, self.addresses.of(one.query), one.total, one.complete)

    def _without_conditions(self) -> Iterator[Relaxation]:
        found = answers.relaxations(
            self.reader, self.query, self.facets_by_name, self.registers.synonyms
        )
        for one in found:
            label = presenter.relaxation_label(one, self.facets_by_name)
            yield Relaxation(label, self.addresses.of(one.query), one.total)

    def data(self) -> dict[str, object]:
        """The search as JSON answers it."""
        return {
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "results": [result.data() for result in self.results],
            "facets": [presenter.facet_data(facet) for facet in self.facets],
            "corrected": [one._asdict() for one in self.corrected],
            "relaxations": [
                {"label": one.label, "url": one.url, "total": one.total} for one in self.relaxations
            ],
            "notices": self.notices,
        }
