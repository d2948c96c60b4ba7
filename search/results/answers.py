"""Runs a query: from the value object to the engine, and what helps when nothing is found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.engines.base import Answer, Reader, Request
from search.questions.facets import Facet, Lift
from search.questions.near import parse_near
from search.questions.parsing import parse_text
from search.questions.pieces import without
from search.questions.query import MAX_DEPTH, MAX_PAGE, PAGE_SIZE, RELEVANCE, Query
from search.questions.text import NO_SYNONYMS, Asked, Synonyms, Text
from search.questions.text import Condition as Written
from search.results.measuring import measured
from search.results.near import FEW

Facets = Mapping[str, Facet]
REMEMBERED = 32
"""Texts that were read last: a page asks for its own several times."""
MOST_TRIED, MOST_TOLD = 8, 3
"""Words of which each is left out to see what is found, and of which it is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: the query as it was run (its page exists), and the answer."""

    query: Query
    text: Text
    answer: Answer
    pages: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a query that can be taken away, and what would then be found."""

    facet: str
    value: str
    query: Query
    total: int


@dataclass(frozen=True, slots=True)
class WithoutWord:
    """A word to leave out: how much then has all the other words, and how much is found."""

    typed: str
    query: Query
    complete: int
    total: int


def read(text: str, synonyms: Synonyms) -> Text:
    """What a searcher typed, with the conditions that stand in it in words."""
    return _read(text, synonyms, tuple(synonyms.conditions(text)))


@lru_cache(REMEMBERED)
def _read(text: str, synonyms: Synonyms, conditions: tuple[Written, ...]) -> Text:
    return parse_near(text, synonyms, conditions)


def request_of(query: Query, text: Text, facets: Facets) -> Request:
    """What the engine is asked for a query."""
    chosen = [(facets[name], facets[name].indexed(values)) for name, values in query.chosen]
    return Request(
        text,
        filters={facet.name: values for facet, values in chosen if not facet.on},
        also=tuple((facet.on, values) for facet, values in chosen if facet.on),
        order=query.order(),
        offset=(query.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        lifts=_lifts(query, facets),
    )


def _lifts(query: Query, facets: Facets) -> tuple[Lift, ...]:
    """What goes first for the value that is the searcher's own; only relevance knows of it."""
    if not query.own or query.order() != RELEVANCE:
        return ()
    return tuple(lift for facet in facets.values() for lift in facet.lifts(query.own))


def run(reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS) -> Found:
    """Search; a page beyond the last becomes the last. Raises `EngineError`."""
    with measured(reader):
        return _run(reader, query, facets, read(query.text, synonyms))


def all_ids(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS
) -> Sequence[int]:
    """All that a query finds, on whatever page, in its order; raises `EngineError`."""
    request = request_of(query, read(query.text, synonyms), facets)
    with measured(reader):
        return reader.every_id(request)


def first_ids(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS, *, most: int
) -> Sequence[int]:
    """The first with all words that a query finds, on whatever page; raises `EngineError`.

    Nothing that only comes near: whoever follows a search is told of what it asks for.
    """
    request = request_of(query, parse_text(query.text, synonyms), facets)
    with measured(reader):
        return reader.ids(replace(request, offset=0, limit=min(most, MAX_DEPTH)))


def _run(reader: Reader, query: Query, facets: Facets, text: Text) -> Found:
    answer = reader.search(request_of(query, text, facets))
    pages = min(max(1, -(-answer.total // PAGE_SIZE)), MAX_PAGE)
    if query.page > pages:
        query = query.at_page(pages)
        answer = reader.search(request_of(query, text, facets))
    with_ranges = _with_ranges(reader, answer, query, text, facets)
    return Found(query, answer.read or text, with_ranges, pages)


def _with_ranges(
    reader: Reader, answer: Answer, query: Query, text: Text, facets: Facets
) -> Answer:
    """The answer with counts for chosen values too that stand for several of the index.

    Of years an engine counts single ones only; of a facet that is a condition on another, none.
    """
    ranges = [
        (name, value)
        for name, values in query.chosen
        for value in values
        if facets[name].indexed([value]) != (value,)
    ]
    if not ranges:
        return answer
    counts = {name: dict(values) for name, values in answer.counts.items()}
    for name, value in ranges:
        is_alone = query.values(name) == (value,)
        alone = request_of(query.choosing(name, [value]), text, facets)
        if total := answer.total if is_alone else reader.total(alone):
            counts.setdefault(name, {})[value] = total
    return replace(answer, counts=counts)


def every_count(
    reader: Reader, query: Query, facets: Facets, name: str, synonyms: Synonyms = NO_SYNONYMS
) -> dict[str, int]:
    """What each value of a facet on another one would find if chosen alone, in one search.

    The sums of what the engine counts on that other facet: exact where no document has two of its
    values.
    """
    facet = facets[name]
    asked = request_of(query.choosing(name, ()).at_page(1), read(query.text, synonyms), facets)
    # What is chosen of that other facet must hold too, while its counts leave a filter out.
    filters = dict(asked.filters)
    chosen = filters.pop(facet.on, None)
    also = asked.also if chosen is None else (*asked.also, (facet.on, chosen))
    answer = reader.search(replace(asked, filters=filters, also=also))
    counts = answer.counts.get(facet.on, {})
    sums = {
        value: sum(counts.get(one, 0) for one in facet.indexed([value])) for value in facet.options
    }
    return {value: count for value, count in sums.items() if count}


def _total(reader: Reader, query: Query, facets: Facets, synonyms: Synonyms) -> int:
    return reader.total(request_of(query, read(query.text, synonyms), facets))


def _conditions(query: Query) -> Iterator[tuple[str, str, Query]]:
    """Each condition with the query that lacks it: the text, and each facet as a whole.

    One of several values of a facet is no condition by itself: without it no more is found.
    """
    if query.text:
        yield "", query.text, query.with_text("")
    for name, values in query.chosen:
        yield name, values[0] if len(values) == 1 else "", query.choosing(name, ())


def relaxations(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS
) -> list[Condition]:
    """The one condition without which most is found, or nothing if none helps."""
    found = [
        Condition(facet, value, without, total)
        for facet, value, without in _conditions(query)
        if (total := _total(reader, without, facets, synonyms))
    ]
    return [max(found, key=lambda condition: condition.total)] if found else []


def ways_out(
    reader: Reader, found: Found, facets: Facets, synonyms: Synonyms = NO_SYNONYMS
) -> list[WithoutWord]:
    """The words without which something has all the others, the best first.

    One question for all that are tried, and more only for those told that have few.
    """
    text, query = found.text, found.query.at_page(1)
    tried = list(_without_each(text))[:MOST_TRIED]
    requests = [request_of(query, parse_text(rest, synonyms), facets) for _one, rest in tried]
    complete = reader.totals(requests) if requests else []
    best = sorted(zip(complete, tried, strict=True), key=lambda pair: -pair[0])[:MOST_TOLD]
    told = []
    for count, (one, rest) in best:
        if count:
            other = query.with_text(rest)
            total = count if count >= FEW else _total(reader, other, facets, synonyms)
            told.append(WithoutWord(one.typed, other, count, total))
    return told


def _without_each(text: Text) -> Iterator[tuple[Asked, str]]:
    """Each word that may be left out, with the text that is left."""
    words = [one for one in dict.fromkeys(text.asked) if one not in text.either]
    if text.source is None or len(text.required) < 2:
        return
    for one in words:
        if rest := without(text.source.typed, frozenset(one.words)):
            yield one, rest


def as_mapping(facets: Iterable[Facet]) -> dict[str, Facet]:
    """Facets by their name, in their order."""
    return {facet.name: facet for facet in facets}
