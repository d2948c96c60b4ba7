"""Runs a query: from the value object to the engine, and what helps when nothing is found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.engines.base import Answer, Reader, Request
from search.questions.dutch import fold_word
from search.questions.facets import Facet
from search.questions.query import MAX_DEPTH, MAX_PAGE, PAGE_SIZE, Query
from search.questions.text import NO_SYNONYMS, Synonyms, Text, parse_text
from search.results.measuring import measured

Facets = Mapping[str, Facet]

MAX_CORRECTED = 4
"""With more unknown words than this, a text is another language and no typing error."""


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
class Suggestion:
    """Another spelling, and what it finds."""

    query: Query
    total: int


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
    )


def run(reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS) -> Found:
    """Search; a page beyond the last becomes the last. Raises `EngineError`."""
    with measured(reader):
        return _run(reader, query, facets, parse_text(query.text, synonyms))


def all_ids(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS
) -> Sequence[int]:
    """All that a query finds, on whatever page, in its order; at most `MAX_DEPTH`.

    Raises `EngineError`.
    """
    return first_ids(reader, query, facets, synonyms, most=MAX_DEPTH)


def first_ids(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS, *, most: int
) -> Sequence[int]:
    """The first that a query finds, on whatever page; raises `EngineError`."""
    request = request_of(query, parse_text(query.text, synonyms), facets)
    with measured(reader):
        return reader.ids(replace(request, offset=0, limit=min(most, MAX_DEPTH)))


def _run(reader: Reader, query: Query, facets: Facets, text: Text) -> Found:
    answer = reader.search(request_of(query, text, facets))
    pages = min(max(1, -(-answer.total // PAGE_SIZE)), MAX_PAGE)
    if query.page > pages:
        query = query.at_page(pages)
        answer = reader.search(request_of(query, text, facets))
    return Found(query, text, _with_ranges(reader, answer, query, text, facets), pages)


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
    asked = request_of(
        query.choosing(name, ()).at_page(1), parse_text(query.text, synonyms), facets
    )
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
    return reader.total(request_of(query, parse_text(query.text, synonyms), facets))


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


def suggestion(
    reader: Reader, query: Query, facets: Facets, synonyms: Synonyms = NO_SYNONYMS
) -> Suggestion | None:
    """The text with words as the documents spell them, if that finds something."""
    words = parse_text(query.text, synonyms).words
    corrected = query.text.lower()
    unknown = [
        word
        for word in dict.fromkeys(words)
        if not reader.total(Request(parse_text(word, synonyms), limit=1))
    ]
    if len(unknown) > MAX_CORRECTED:
        return None
    for word in unknown:
        near = reader.words_like(word)
        if not near:
            return None
        corrected = _replaced(corrected, word, near[0][0])
    other = query.with_text(corrected)
    if corrected == query.text.lower():
        return None
    total = _total(reader, other, facets, synonyms)
    return Suggestion(other, total) if total else None


def _replaced(text: str, word: str, better: str) -> str:
    """The text with one folded word replaced, whatever accents or marks stood around it."""
    return " ".join(
        better if fold_word(piece.strip("\"'’.,;:!?()")) == word else piece
        for piece in text.split()
    )


def as_mapping(facets: Iterable[Facet]) -> dict[str, Facet]:
    """Facets by their name, in their order."""
    return {facet.name: facet for facet in facets}
