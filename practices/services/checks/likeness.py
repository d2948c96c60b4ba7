"""Published practices that look like the one that is being written."""

from collections.abc import Iterator
from itertools import islice

from practices.indexes.readers import practice_reader
from practices.selectors import Card, public_cards
from practices.services.checks.facts import Draft
from search.engines.base import EngineError, Reader, Request
from search.questions.dutch import simple_words, tokens
from search.questions.text import STOP_WORDS, Match, Text

LIMIT = 3
CANDIDATES = 20
MOST_WORDS = 40
LEAST_SHARED = 2
"""So many words of title and summary must be the same, or it is mere chance."""


def similar_practices(draft: Draft, *, but_not: int | None) -> list[Card]:
    """Up to three published practices, most alike first; never a draft, nor the practice itself.

    Asks the public search index for practices that share words of the title and summary and a
    format and a target group, as far as these are chosen, and then for those without the same
    format. What it gives is confirmed by the database. Without an answer of the engine there are
    none: this is a help and no more.
    """
    words = _words(f"{draft.title} {draft.summary}")
    if len(words) < LEAST_SHARED:
        return []
    try:
        found = dict.fromkeys(_ids(practice_reader(), words, draft))
    except EngineError:
        return []
    cards = public_cards([key for key in found if key != but_not])
    alike = (cards[key] for key in found if key in cards)
    return list(islice((card for card in alike if _is_alike(card, words)), LIMIT))


def _ids(reader: Reader, words: frozenset[str], draft: Draft) -> Iterator[int]:
    any_word = tuple(Match((word,)) for word in sorted(words)[:MOST_WORDS])
    groups = {"doelgroep": tuple(sorted(draft.target_groups))} if draft.target_groups else {}
    formats = {"vorm": tuple(sorted(draft.formats))} if draft.formats else {}
    for filters in (groups | formats, groups) if formats else (groups,):
        request = Request(Text(required=(any_word,)), filters, limit=CANDIDATES)
        yield from reader.search(request).ids


def _words(text: str) -> frozenset[str]:
    """The words that say something, as the index has them."""
    return frozenset(tokens(word)[0] for word in simple_words(text) if word not in STOP_WORDS)


def _is_alike(card: Card, words: frozenset[str]) -> bool:
    return len(words & _words(f"{card.title} {card.summary}")) >= LEAST_SHARED
