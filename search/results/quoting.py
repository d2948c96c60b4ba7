"""Quotes what speaks to a question: chosen from what was found first, word for word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from search.questions import dutch
from search.questions.text import STOP_WORDS, Match, Text, Way, folded_words

MOST = 3
"""So many documents may be quoted, the first that were found: later ones are less often meant."""
SHARE = 0.3
"""The part of the words with content that a passage must answer."""
AT_LEAST = 2
"""So many words it must answer, whatever their part."""
LONGEST = 600
"""Characters; of a longer text whole sentences are quoted."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")

Ways = Sequence[tuple[float, frozenset[str]]]
"""The ways in which a text may answer a word: how much each counts, and the tokens it needs."""


class Quote(NamedTuple):
    """A passage as it stands in a document, or whole sentences of it."""

    document: int
    text: str


def is_question(typed: str) -> bool:
    """Whether somebody wrote a sentence, which has words without content, and no key words."""
    return not STOP_WORDS.isdisjoint(folded_words(typed))


def quotes(
    text: Text, ids: Sequence[int], passages: Mapping[int, Sequence[str]]
) -> tuple[Quote, ...]:
    """From each of the first documents the passage that answers most, where one answers enough."""
    asked = _asked(text)
    best = ((key, _best(asked, passages.get(key, ()))) for key in ids[:MOST])
    return tuple(Quote(key, passage) for key, passage in best if passage)


def _asked(text: Text) -> list[Ways]:
    """The words of a text that a passage can answer; a value of a facet is none."""
    every = (list(_needed(ways)) for ways in (text.near.ways if text.near else ()))
    return [ways for ways in every if ways]


def _needed(ways: Iterable[Way]) -> Iterator[tuple[float, frozenset[str]]]:
    for way in ways:
        if isinstance(way.match, Match):
            tokens = way.match.tokens
            whole = (dutch.tokens(one)[0] for one in tokens) if way.match.is_phrase else tokens
            yield way.weight, frozenset(whole)


def _best(asked: Sequence[Ways], texts: Iterable[str]) -> str:
    """The piece that answers most, the first of several; empty where none answers enough."""
    best, most = "", 0.0
    for piece in (piece for text in texts for piece in pieces(text)):
        answered = _answered(asked, piece)
        if len(answered) < AT_LEAST or sum(answered) < SHARE * len(asked):
            continue
        if sum(answered) > most:
            best, most = piece, sum(answered)
    return best


def _answered(asked: Sequence[Ways], piece: str) -> list[float]:
    """How well each of the words is answered that is answered at all."""
    tokens = _tokens(piece)
    every = (max((weight for weight, need in one if need <= tokens), default=0) for one in asked)
    return [weight for weight in every if weight]


def _tokens(piece: str) -> frozenset[str]:
    words = set(dutch.WORD.findall(piece))
    return frozenset(token for word in words for token in dutch.word_tokens(word))


def pieces(text: str) -> Iterator[str]:
    """The text, or where it is long, runs of its sentences; a sentence that is too long is none."""
    if len(text) <= LONGEST:
        yield text
        return
    start = end = 0
    for sentence in _sentences(text):
        if sentence.stop - start > LONGEST:
            if 0 < end - start <= LONGEST:
                yield text[start:end]
            start = sentence.start
        end = sentence.stop
    if 0 < end - start <= LONGEST:
        yield text[start:end]


def _sentences(text: str) -> Iterator[range]:
    """Where each sentence stands."""
    start = 0
    for found in _SENTENCE_ENDS.finditer(text):
        yield range(start, found.start())
        start = found.end()
    yield range(start, len(text))
