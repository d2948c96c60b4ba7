"""The home page, made ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from practices.frontend.pages.signposts import SignpostEntry, signpost_entries
from practices.frontend.search.map import SearchMap
from practices.frontend.search.own import Own, OwnChoice
from practices.frontend.search.practice_search import Search
from practices.indexes import registers
from practices.models import PracticePage
from practices.selectors import Card, practice_cards, public_pages
from practices.selectors.retirement import not_archived
from search.engines.base import EngineError
from search.questions.query import Query
from search.results.presenter import ShownFacet

NEWEST = 6
SIGNPOSTS = 4
WAYS_IN = ("vorm", "thema")


@dataclass(frozen=True)
class HomeView:
    """What the home page shows besides its own text."""

    newest: Sequence[Card]
    ways_in: Sequence[ShownFacet]
    signposts: Sequence[SignpostEntry]
    total: int
    map: SearchMap | None
    own: OwnChoice
    """The question for which municipality somebody searches."""


def home_view() -> HomeView:
    """The newest practices and WegWijzers, and how many practices there are of each kind.

    Where no search engine answers the ways in are absent; everything else is there.
    """
    signposts = signpost_entries(SIGNPOSTS)
    known = registers.current()
    own = OwnChoice(Own())
    try:
        everything = Search(Query(), [], known)
        place = SearchMap(Query(), [], known)
        total = place.total
    except EngineError:
        last = not_archived(public_pages(PracticePage)).order_by("-pk")[:NEWEST]
        return HomeView(practice_cards(last), (), signposts, 0, None, own)
    ways_in = [one for one in everything.facets if one.name in WAYS_IN and one.options]
    return HomeView(everything.results[:NEWEST], ways_in, signposts, total, place, own)
