"""A search for practices with all that the page and the JSON show of it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.addresses import FOLLOW, GAPS, LESSONS_PAGE, SEARCH
from practices.likeness.comparisons import Comparison, comparisons
from practices.likeness.facet import NAME as COMPARABLE
from practices.presenters.faceted import FacetedSearch, Words
from practices.readers import practice_reader
from practices.registers import Registers
from practices.selectors import Card, public_cards
from search.highlight import best_passage, mark
from search.presenter import Addresses
from search.query import Query

ADDRESSES = Addresses(SEARCH)
FEED = Addresses("/praktijken.atom")
TABLE = Addresses("/praktijken.csv")


@dataclass(frozen=True, slots=True)
class Result(Card):
    """One practice that was found, and why: marked words as safe HTML."""

    title_html: SafeString
    summary_html: SafeString
    passage: SafeString | None
    highlights: tuple[SafeString, ...]
    alike: tuple[Comparison, ...] = ()
    """Why its municipality is comparable with those that were chosen."""

    def data(self) -> dict[str, object]:
        """The result as JSON has it."""
        data: dict[str, object] = {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "summary": self.summary,
            "municipality": self.municipality._asdict(),
            "highlights": list(self.highlights),
        }
        if self.alike:
            data["comparable"] = [one.data() for one in self.alike]
        return data


def result_of(
    card: Card,
    passages: tuple[str, ...],
    marks: frozenset[str],
    alike: tuple[Comparison, ...] = (),
) -> Result:
    """A card with the words marked that answer the search, or else the best passage."""
    title, summary = mark(card.title, marks), mark(card.summary, marks)
    highlights = tuple(marked.html for marked in (title, summary) if marked.has_marks)
    passage = best_passage(passages, marks) if marks and not summary.has_marks else None
    if passage:
        highlights = (*highlights, passage)
    values = {name: getattr(card, name) for name in Card.__slots__}
    return Result(
        **values,
        title_html=title.html,
        summary_html=summary.html,
        passage=passage,
        highlights=highlights,
        alike=alike,
    )


class Search(FacetedSearch):
    """A search for practices; raises `EngineError` if no engine can answer."""

    path, options_view = SEARCH, "practices:facet"
    results: list[Result]

    def __init__(
        self, query: Query, notices: list[str], registers: Registers, kept: str = ""
    ) -> None:
        super().__init__(query, notices, registers, registers.facets, practice_reader(), kept)

    @property
    def words(self) -> Words:
        """How the page names practices."""
        shown = {"shown": self.shown_total}
        return Words(
            ngettext("%(shown)s practice", "%(shown)s practices", self.total) % shown,
            _("Show practices"),
            ngettext("Show %(shown)s practice", "Show %(shown)s practices", self.total) % shown,
            _("No practice has everything that you ask for."),
            _("View all practices"),
        )

    @property
    def ids(self) -> frozenset[int]:
        """The practices on this page."""
        return frozenset(result.id for result in self.results)

    def _results(self) -> list[Result]:
        """Those that the database confirms, in the order of the engine."""
        answer = self.found.answer
        cards = public_cards(answer.ids)
        marks = self.found.text.marks
        codes = {card.municipality.code for card in cards.values()}
        alike = comparisons(self.registers.likeness, self.query.values(COMPARABLE), codes)
        return [
            result_of(
                cards[key],
                answer.passages.get(key, ()),
                marks,
                alike.get(cards[key].municipality.code, ()),
            )
            for key in answer.ids
            if key in cards
        ]

    @property
    def feed_url(self) -> str:
        """The same search as a feed, from its first page."""
        return FEED.of(self.query.at_page(1))

    @property
    def follow_url(self) -> str:
        """Where to follow the search by e-mail."""
        return Addresses(FOLLOW).of(Query(self.query.text, self.query.chosen))

    @property
    def table_url(self) -> str:
        """All that the search finds as a table."""
        return TABLE.of(self.query.at_page(1))

    @property
    def map_url(self) -> str:
        """Where the practices of the search are."""
        return Addresses("/praktijken/kaart/").of(self.query.at_page(1))

    @property
    def lessons_url(self) -> str:
        """The lessons of the practices of this search."""
        return Addresses(LESSONS_PAGE).of(Query(self.text, self.query.chosen))

    @property
    def gaps_url(self) -> str:
        """The gap map of this search."""
        return Addresses(GAPS).of(Query(self.text, self.query.chosen))
