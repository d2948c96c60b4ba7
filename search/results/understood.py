"""Conditions that a text has in words, offered as filters: each with what choosing it finds.

Nothing is chosen for a searcher. Where what is left of the text needs nothing that only comes near,
its words make way for the filter. Else the text stays, and so does the set of what comes near to
it, of which the filter leaves a part: so no offer makes the search look further than it did.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import NamedTuple

from search.engines.base import Reader
from search.questions.parsing import parse_text
from search.questions.query import Query
from search.questions.text import STOP_WORDS, Condition, Synonyms, Text, folded_words
from search.results.answers import Facets, Found, read, request_of
from search.results.near import FEW

MOST = 5
"""So many are offered."""
LEADING = frozenset(
    "aan and bij binnen de door een en het in met na naar of om op or over rond sinds te tot tussen"
    " uit van vanaf vanuit voor".split()
)
"""Words that say nothing without those after them."""
_ENDING = re.compile(r"^(?:['’][^\W_]+)?[.,;:!?]*(?=\s|$)")

Wanted = tuple[str, tuple[str, ...]]
"""A facet, and the values of it that some words ask for."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A search with filters that a text asks for in words, and how much that finds."""

    chosen: tuple[Wanted, ...]
    query: Query
    total: int


def understood(
    reader: Reader, found: Found, facets: Facets, synonyms: Synonyms, in_text: Container[str]
) -> list[Understood]:
    """What a text asks for in words and finds something; asks nothing for a text without that.

    Each by itself, the surest first, and before these all of them together. The values of some
    facets stand `in_text` of documents as well: where enough has all words, these are counted.
    """
    query, counts = found.query, found.answer.counts
    wanted = _wanted(query, facets, synonyms)
    known: dict[Wanted, int] = {}
    if found.answer.near is None:
        known = {
            (name, values): counts.get(name, {}).get(values[0], 0)
            for name, values in wanted
            if name in in_text and len(values) == 1
        }
    sure = [] if len(known) == len(wanted) else [*_sure(wanted)]
    groups = [*([sure] if len(sure) > 1 else []), *([one] for one in wanted.items())][:MOST]
    offers = [_Offer.of(query, group) for group in groups]
    asked = [one for one in offers if one.chosen[0] not in known or len(one.chosen) > 1]
    made = dict(zip(asked, _made(reader, query, asked, facets, synonyms), strict=True))
    each = (
        made.get(one) or Understood(one.chosen, one.beside, known[one.chosen[0]]) for one in offers
    )
    return [one for one in each if one.total]


def _made(
    reader: Reader, query: Query, offers: Sequence["_Offer"], facets: Facets, synonyms: Synonyms
) -> Iterator[Understood]:
    """Each offer in the better of its two ways: its words make way, or stay; in one question."""
    if not offers:
        return
    rests = [_without(query.text, one.parts, synonyms) for one in offers]
    instead = [one.beside.with_text(rest) for one, rest in zip(offers, rests, strict=True)]
    parsed = [parse_text(rest, synonyms) for rest in rests]
    text = read(query.text, synonyms)
    totals = reader.totals(
        [
            *(request_of(*one, facets) for one in zip(instead, parsed, strict=True)),
            *(request_of(one.beside, text, facets) for one in offers),
        ]
    )
    numbers = zip(totals[: len(offers)], totals[len(offers) :], strict=True)
    for one, other, rest, (without, total) in zip(offers, instead, parsed, numbers, strict=True):
        if without >= FEW or not _has_near(other.text, rest, synonyms):
            yield Understood(one.chosen, other, without)
        else:
            yield Understood(one.chosen, one.beside, total)


def _has_near(text: str, parsed: Text, synonyms: Synonyms) -> bool:
    """Whether something may come near to a text that is empty where it says nothing."""
    if '"' in text:
        return read(text, synonyms).near is not None
    return bool(parsed.either) or not STOP_WORDS.issuperset(parsed.words)


class _Offer(NamedTuple):
    """What is chosen for some words, and the search with that beside them."""

    chosen: tuple[Wanted, ...]
    beside: Query
    parts: tuple[Condition, ...]

    @classmethod
    def of(cls, query: Query, wanted: Iterable[tuple[Wanted, list[Condition]]]) -> "_Offer":
        """What words ask for, together."""
        values: dict[str, dict[str, None]] = {}
        parts: list[Condition] = []
        for (facet, some), words in wanted:
            values.setdefault(facet, {}).update(dict.fromkeys(some))
            parts += words
        chosen = tuple((facet, tuple(some)) for facet, some in values.items())
        beside = query.at_page(1)
        for what in chosen:
            beside = beside.choosing(*what)
        return cls(chosen, beside, tuple(parts))


def _wanted(query: Query, facets: Facets, synonyms: Synonyms) -> dict[Wanted, list[Condition]]:
    """What is asked for in words and not chosen yet, the surest first, with the words for it."""
    found: dict[Wanted, list[Condition]] = {}
    for one in synonyms.conditions(query.text):
        if one.chosen and one.chosen.facet in facets:
            found.setdefault((one.chosen.facet, one.values), []).append(one)
    new = [pair for pair in found.items() if query.values(pair[0][0]) != pair[0][1]]
    return dict(sorted(new, key=lambda pair: -max(one.weight for one in pair[1])))


def _sure(
    wanted: dict[Wanted, list[Condition]],
) -> Iterator[tuple[Wanted, list[Condition]]]:
    """What can only be meant so: asked for by its own name, in words that name nothing else."""
    places = [(one.start, one.end) for parts in wanted.values() for one in parts]
    for what, parts in wanted.items():
        if all(one.weight >= 1 and places.count((one.start, one.end)) == 1 for one in parts):
            yield what, parts


def _without(text: str, parts: Sequence[Condition], synonyms: Synonyms) -> str:
    """A text without some of its words, and without those before them that say nothing alone."""
    for one in sorted(parts, key=lambda part: -part.start):
        before, after = text[: one.start].split(), _ENDING.sub("", text[one.end :]).split()
        while before and before[-1].lower() in LEADING:
            before.pop()
        text = " ".join([*before, *(after if before else _from_content(after))])
    return "" if _says_nothing(text, synonyms) else text


def _from_content(words: Sequence[str]) -> Iterator[str]:
    return dropwhile(lambda word: word.lower() in LEADING, words)


def _says_nothing(text: str, synonyms: Synonyms) -> bool:
    """Whether all words are without content, or ask for nothing where all that is found has it."""
    empty = [one for one in synonyms.conditions(text) if not one.chosen]
    for one in sorted(empty, key=lambda part: -part.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    return '"' not in text and STOP_WORDS.issuperset(folded_words(text))
