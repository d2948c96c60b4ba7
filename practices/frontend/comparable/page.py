"""The page with the municipalities that are comparable with one, made ready to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.addresses import (
    SEARCH,
    comparable_address,
    municipality_address,
    search_address,
)
from practices.frontend.pages import crumbs
from practices.indexes.likeness.facet import NAME
from practices.indexes.likeness.measure import Facts, Reason
from practices.indexes.likeness.ranking import Alike, Likeness
from practices.indexes.likeness.sentences import Explanation, explain, reason_labels, unknown_of
from practices.selectors import Card
from practices.selectors.shared import Shared, shared_practices
from search.questions.facets import Facet, Option
from search.questions.query import PAGE, SORT, TEXT, Parameters, Query, parse

WITHOUT = "zonder"
EACH = 3
"""So many practices of a municipality are shown."""
MOST_OTHERS = 10
"""So many comparable municipalities without practices are named."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A comparable municipality, why it is one, and its newest practices."""

    name: str
    url: str
    explanation: Explanation
    practices: Sequence[Card] = ()
    total: int = 0
    search_url: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """A reason that can be left out."""

    value: str
    label: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class ComparablePage:
    """What the page shows."""

    facts: Facts
    unknown: str
    """What is not known of the municipality itself."""
    url: str
    canonical_url: str
    switches: Sequence[Switch]
    notices: Sequence[str]
    entries: Sequence[Entry]
    """Those with practices: the municipalities that the search finds, if no reason is left out."""
    others: Sequence[Entry]
    """Those without."""
    search_url: str
    crumbs: Sequence[crumbs.Crumb]


def comparable_page(likeness: Likeness, slug: str, parameters: Parameters) -> ComparablePage | None:
    """The page of a municipality; None if there is none with this slug. Three queries."""
    facts = likeness.facts.get(slug)
    if facts is None:
        return None
    query, notices = read_without(parameters)
    without = frozenset(map(Reason, query.values(WITHOUT)))
    found = likeness.comparable(slug, without)
    others = (one for one in likeness.ranked(slug, without) if not one.facts.has_practices)
    make = _Entries(likeness, facts, without, [*found, *islice(others, MOST_OTHERS)])
    address, text = comparable_address(slug), query.query_string()
    return ComparablePage(
        facts=facts,
        # Of the municipality itself it is said once, not at each of the others.
        unknown="; ".join(unknown_of(facts, without)),
        url=address,
        canonical_url=f"{address}?{text}" if text else address,
        switches=[
            Switch(reason.value, label, reason in without)
            for reason, label in reason_labels().items()
        ],
        notices=notices,
        entries=[make.entry(one) for one in make.shown if one.has_practices],
        others=[make.entry(one) for one in make.shown if not one.has_practices],
        search_url=_search(slug, found, without),
        crumbs=crumbs.municipality(facts.name, facts.slug),
    )


def read_without(parameters: Parameters) -> tuple[Query, list[str]]:
    """The reasons that are left out, as the one condition of a query, and what to say about them.

    Never raises; what is not understood is left out and said.
    """
    labels = reason_labels()
    options = {reason.value: Option(reason.value, label) for reason, label in labels.items()}
    facet = Facet(WITHOUT, _("Without"), options)
    query, notices = parse(parameters, [facet], [], ignored=[TEXT, SORT, PAGE])
    given = dict(parameters.lists()).get(WITHOUT, ())
    if any(value.strip() and facet.read(value).problem for value in given):
        notices.append(
            _("You can leave out: %(names)s.") % {"names": get_text_list([*options], _("and"))}
        )
    if set(query.values(WITHOUT)) == set(options):
        notices.append(_("You left out every reason. Keep one to compare municipalities."))
    return query, notices


class _Entries:
    """Makes the entries of a page, with what the database has for all of them at once."""

    def __init__(
        self, likeness: Likeness, own: Facts, without: frozenset[Reason], found: Iterable[Alike]
    ) -> None:
        self.likeness, self.own, self.without = likeness, own, without
        self.shown = [one.facts for one in found]
        with_practices = [one.code for one in self.shown if one.has_practices]
        self.shared = shared_practices(with_practices, each=EACH) if with_practices else {}

    def entry(self, one: Facts) -> Entry:
        shared = self.shared.get(one.code, Shared([], 0))
        return Entry(
            one.name,
            municipality_address(one.slug),
            self._explanation(one),
            shared.practices,
            shared.total,
            search_address(gemeente=one.slug),
        )

    def _explanation(self, one: Facts) -> Explanation:
        """Why it is comparable, and what is not known of it (of the other the page says it)."""
        if self.without:
            found = explain(self.own, one, self.without)
        else:
            found = self.likeness.explanation(self.own.slug, one.slug)
        return found._replace(unknown=unknown_of(one, self.without))


def _search(slug: str, found: Sequence[Alike], without: frozenset[Reason]) -> str:
    """The search for all practices of the municipalities with practices; empty without any."""
    if not found:
        return ""
    if not without:
        return search_address(**{NAME: slug})
    slugs = tuple(sorted(one.facts.slug for one in found))
    return f"{SEARCH}?{Query(chosen=(('gemeente', slugs),)).query_string()}"
