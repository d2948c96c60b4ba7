"""What comes near to a text: documents that lack some of its words, and how much each word counts.

A word is answered by itself, by its synonyms and what the thesaurus has for it, by a value of a
facet that it asks for, and a little by the parts of a compound. The weights stand here, in
`thesaurus` and in `search/results/weighing.py`; `make search-quality` tells what they do.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from search.questions import dutch
from search.questions.parsing import parse_text
from search.questions.text import (
    NO_SYNONYMS,
    STOP_WORDS,
    Asked,
    Chosen,
    Clause,
    Condition,
    Joined,
    Match,
    Near,
    Source,
    Synonyms,
    Text,
    Way,
    folded_words,
)

SYNONYM, PART = 0.7, 0.35
"""How much a synonym counts beside the word itself, and the part of a compound or a run."""
CONDITION = 2.0
"""How much a value of a facet counts that the word asks for."""
MOST_OF_CONDITION = 4
"""Words with content that together ask for one value."""
MOST_WORDS = 24
"""A longer text is looked at no further, so that the work is bounded."""
MOST_WAYS = 16
"""The ways to answer one word, the heaviest of them."""

Run = tuple[str, ...]
"""A word, or words that together are known, folded."""


def parse_near(
    text: str, synonyms: Synonyms = NO_SYNONYMS, conditions: Sequence[Condition] = ()
) -> Text:
    """Read what a searcher typed, with what may follow where few documents have all of it.

    The conditions are those that stand in the text in words.
    """
    parsed = parse_text(text, synonyms)
    met = _met(*_as_one(text, parsed, synonyms, conditions))
    empty = frozenset(word for run, ways in met.items() if not ways for word in run)
    words = tuple(word for word in parsed.words if word not in empty)[:MOST_WORDS]
    # A text with words without content only asks for these, and for nothing like them.
    if STOP_WORDS.issuperset(words) and not parsed.either and not any(met.values()):
        return parsed
    parsed = replace(parsed, source=Source(text, partial(_with_conditions, synonyms)))
    ways = tuple(
        _heaviest(run, synonyms, met, parsed.joined) for run in _runs(words, synonyms, met)
    )
    ways += tuple(_alternatives(one) for one in parsed.either[:MOST_WORDS])
    ways += tuple((way,) for way in met.get((), ()))
    if not ways:
        return parsed
    clauses = {one.clause for one in parsed.asked}
    phrases = tuple(clause for clause in parsed.required if clause not in clauses)
    met_by = tuple(
        (frozenset(run), way.match)
        for run, ways in met.items()
        for way in ways
        if isinstance(way.match, Chosen)
    )
    near = Near(_different(parsed, empty), ways, phrases, met_by, text)
    is_lone = not empty and len(ways) == 1 and len(ways[0]) == 1
    return replace(parsed, near=replace(near, is_lone=is_lone))


def _with_conditions(synonyms: Synonyms, text: str) -> Text:
    return parse_near(text, synonyms, synonyms.conditions(text))


def _alternatives(one: Asked) -> tuple[Way, ...]:
    """What answers words with `OR` between them: whoever types that means just these."""
    return tuple(Way(match, 1.0) for match in one.clause[:MOST_WAYS])


def _as_one(
    text: str, parsed: Text, synonyms: Synonyms, conditions: Sequence[Condition]
) -> tuple[str, Text, Sequence[Condition]]:
    """The text with words together that are one word, if that has conditions in words."""
    whole = text
    for one in parsed.joined:
        whole = whole.replace(one.typed, one.whole)
    found = synonyms.conditions(whole) if whole != text else ()
    return (whole, parsed, found) if found else (text, parsed, conditions)


def _met(text: str, parsed: Text, conditions: Sequence[Condition]) -> Mapping[Run, tuple[Way, ...]]:
    """The words of each condition in a text, with what meets it; for empty words nothing does."""
    found: dict[Run, tuple[Way, ...]] = {}
    apart = {one.whole: one.words for one in parsed.joined}
    for one in conditions[:MOST_WORDS]:
        words = folded_words(text[one.start : one.end])
        typed = (part for word in words for part in apart.get(word, (word,)))
        # A word without content says nothing where a whole text is in capitals either.
        run = tuple(
            word for word in typed if word in parsed.words or word.lower() not in STOP_WORDS
        )
        ways = (Way(one.chosen, CONDITION * one.weight),) if one.chosen else ()
        found[run] = (*found.get(run, ()), *ways)
    return found


def _different(text: Text, empty: frozenset[str]) -> tuple[Asked, ...]:
    """The first words of a text, each once, without those that say nothing."""
    first: dict[Clause, Asked] = {}
    for one in text.asked:
        if not empty.issuperset(one.words):
            first.setdefault(one.clause, one)
    return tuple(first.values())[:MOST_WORDS]


def _runs(words: Run, synonyms: Synonyms, met: Container[Run]) -> Iterator[Run]:
    """The longest runs that are known, and the other words; each once."""
    longest = max(synonyms.longest, synonyms.longest_related, MOST_OF_CONDITION)
    seen: set[Run] = set()
    at = 0
    while at < len(words):
        length = next(
            (
                length
                for length in range(min(longest, len(words) - at), 1, -1)
                if words[at : at + length] in met
                or _is_known(_key(words[at : at + length]), synonyms)
            ),
            1,
        )
        run = words[at : at + length]
        if _key(run) not in seen:
            seen.add(_key(run))
            yield run
        at += length


def _key(run: Run) -> Run:
    return tuple(dutch.tokens(word)[0] for word in run)


def _is_known(key: Run, synonyms: Synonyms) -> bool:
    return key in synonyms.table or key in synonyms.related


def _heaviest(
    run: Run, synonyms: Synonyms, met: Mapping[Run, tuple[Way, ...]], joined: Sequence[Joined]
) -> tuple[Way, ...]:
    """The ways to answer a run, itself first, and what meets it as a condition next."""
    weights: dict[Match, float] = {}
    as_one = [one.match for one in joined if not set(run).isdisjoint(one.words)]
    for match, weight in (*_ways(run, synonyms), *_ways_as_one(as_one, synonyms)):
        weights[match] = max(weight, weights.get(match, 0))
    ways = [Way(match, weight) for match, weight in weights.items()]
    word, *others = sorted(ways, key=lambda way: -way.weight)
    return (word, *met.get(run, ()), *others)[:MOST_WAYS]


def _ways_as_one(joined: Iterable[Match], synonyms: Synonyms) -> Iterator[tuple[Match, float]]:
    """The word that the run makes with the one beside it, and what the thesaurus has for that."""
    for match in joined:
        yield match, 1.0
        yield from _known_for(match.tokens, synonyms)


def _ways(run: Run, synonyms: Synonyms) -> Iterator[tuple[Match, float]]:
    key = _key(run)
    yield Match(key), 1.0
    yield from _known_for(key, synonyms)
    for word in run:
        whole, *parts = dutch.tokens(word)
        if len(run) > 1:
            parts = [whole, *parts]
        yield from ((Match((part,)), PART) for part in parts[:MOST_WAYS])


def _known_for(key: Run, synonyms: Synonyms) -> Iterator[tuple[Match, float]]:
    yield from ((match, SYNONYM) for match in synonyms.table.get(key, ()))
    for way in synonyms.related.get(key, ()):
        if isinstance(way.match, Match):
            yield way.match, way.weight
