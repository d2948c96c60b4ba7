"""A search for practices with all that the page and the JSON show of it."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.addresses import FOLLOW, GAPS, LESSONS_PAGE, SEARCH
from practices.frontend.search.faceted import FacetedSearch, Words
from practices.frontend.search.pair_goals import PairGoals, goals_with_pair
from practices.frontend.search.pair_stories import READ, stories
from practices.frontend.search.quotes import ShownQuote, shown_quotes
from practices.frontend.search.results import Result, result_of
from practices.frontend.search.understood import offers
from practices.indexes.likeness.comparisons import comparisons
from practices.indexes.likeness.facet import NAME as COMPARABLE
from practices.indexes.pairs import NAME as PAIR
from practices.indexes.readers import practice_reader
from practices.indexes.registers import Registers
from practices.selectors import public_cards, read_references
from search.questions.query import RELEVANCE, Query
from search.results import answers
from search.results.presenter import Addresses

FEED = Addresses("/praktijken.atom")
TABLE = Addresses("/praktijken.csv")


class Search(FacetedSearch):
    """A search for practices; raises `EngineError` if no engine can answer."""

    path, options_view = SEARCH, "practices:facet"
    results: list[Result]

    def __init__(
        self, query: Query, notices: list[str], registers: Registers, kept: str = ""
    ) -> None:
        super().__init__(query, notices, registers, registers.facets, practice_reader(), kept)
        self.pair_goals = self._pair_goals()
        self.understood = offers(self.reader, self.found, registers, self.addresses)

    @property
    def words(self) -> Words:
        """How the page names practices."""
        shown = {"shown": self.shown_total}
        return Words(
            ngettext("%(shown)s practice", "%(shown)s practices", self.total) % shown,
            _("Show practices"),
            ngettext("Show %(shown)s practice", "Show %(shown)s practices", self.total) % shown,
            self._nothing,
            _("View all practices"),
        )

    @property
    def _nothing(self) -> str:
        """What is said where nothing was found: by the words alone, or with what was chosen."""
        text = self.found.text
        if text.asked and not (self.query.chosen or text.excluded):
            return _("No practice comes near to what you ask for.")
        return _("No practice has everything that you ask for.")

    @property
    def ids(self) -> frozenset[int]:
        """The practices on this page."""
        return frozenset(result.id for result in self.results)

    @property
    def is_near(self) -> bool:
        """Whether something was found that lacks some of the words."""
        near = self.found.answer.near
        return near is not None and near.complete < self.total

    @property
    def has_parts(self) -> bool:
        """Whether what has all words is shown before what lacks some of them."""
        return self.is_near and self.query.order() == RELEVANCE

    @property
    def complete_results(self) -> list[Result]:
        """The practices on this page that have all words."""
        return [result for result in self.results if not result.missing]

    @property
    def near_results(self) -> list[Result]:
        """The practices on this page that lack some of the words."""
        return [result for result in self.results if result.missing]

    @property
    def complete_label(self) -> str:
        """How many of all that was found have all words."""
        near = self.found.answer.near
        count = near.complete if near else self.total
        if not count:
            return _("No practice has all your words. These come nearest.")
        return ngettext(
            "%(count)d practice has all your words. These come nearest.",
            "%(count)d practices have all your words. These come nearest.",
            count,
        ) % {"count": count}

    def _results(self) -> list[Result]:
        """Those that the database confirms, in the order of the engine."""
        answer = self.found.answer
        pairs = self.query.values(PAIR)
        references = read_references(answer.ids, relations=("formats", *READ)) if pairs else None
        cards = public_cards(answer.ids, references)
        near, text = answer.near, self.found.text
        marks = text.near_marks if near else text.marks
        missing = near.missing if near else {}
        codes = {card.municipality.code for card in cards.values()}
        alike = comparisons(
            self.registers.likeness, self.query.values(COMPARABLE), codes, self.query.own
        )
        told = stories(references, pairs, self.facets_by_name) if references else {}
        return [
            result_of(
                cards[key],
                answer.passages.get(key, ()),
                marks,
                alike.get(cards[key].municipality.code, ()),
                told.get(key),
                missing.get(key, ()),
            )
            for key in answer.ids
            if key in cards
        ]

    @cached_property
    def quotes(self) -> tuple[ShownQuote, ...]:
        """What the first practices say on a question, word for word."""
        return shown_quotes(self.found, self.results)

    @property
    def feed_url(self) -> str:
        """The same search as a feed, from its first page."""
        return FEED.of(self.query.owned_by(""))

    @property
    def follow_url(self) -> str:
        """Where to follow the search by e-mail."""
        return Addresses(FOLLOW).of(Query(self.read_text, self.query.chosen))

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
        return Addresses(GAPS).of(Query(self.text, self.query.chosen, own=self.query.own))

    def _pair_goals(self) -> PairGoals | None:
        """What one chosen pair of trainers reached in all that is found, on whatever page."""
        chosen = self.query.values(PAIR)
        if len(chosen) != 1 or not self.total:
            return None
        ids = answers.all_ids(self.reader, self.query, self.facets_by_name, self.registers.synonyms)
        return goals_with_pair(ids, self.query, self.facets_by_name, self.addresses)

    def data(self) -> dict[str, object]:
        """The search as `/praktijken.json` answers it."""
        data = super().data()
        data["understood"] = [one.data() for one in self.understood]
        if self.pair_goals:
            data["pair_goals"] = self.pair_goals.data()
        data["passages"] = [quote.data() for quote in self.quotes]
        return data
