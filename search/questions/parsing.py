"""Reads what a searcher typed as a text that every engine understands."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.questions import dutch, lexicon
from search.questions.pieces import Pieces, Term, each_word
from search.questions.text import (
    NO_SYNONYMS,
    STOP_WORDS,
    Asked,
    Clause,
    Joined,
    Match,
    Synonyms,
    Text,
)

SHORTEST_JOINED = 3
"""Letters of a word that may be a part of a compound typed apart."""
JOINTS = ("", "s")
"""What may stand between two words that make one: `gemeente raad`, `veiligheid huis`."""

Groups = list[list[Term]]


def parse_text(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Text:
    """Read what a searcher typed; never raises, whatever is in it."""
    read = Pieces.of(text)
    groups = _with_content(read.groups)
    phrases = [(one.phrase,) for group in groups for one in group if one.phrase and len(group) == 1]
    joined = tuple(dict.fromkeys(_joined(read.groups)))
    words = list(each_word(groups))
    either = tuple(_either(group, synonyms) for group in groups if len(group) > 1)
    asked = (*_asked_words(words, synonyms, joined), *either)
    return Text(
        tuple(dict.fromkeys([*phrases, *(one.clause for one in asked)])),
        tuple(dict.fromkeys(read.excluded)),
        tuple(term.word for term in words),
        read.has_lone_quote,
        asked=asked,
        either=either,
        joined=joined,
        meant=frozenset(read.meant),
    )


def _with_content(groups: Groups) -> Groups:
    """The groups without words that have no content, unless there is nothing else."""
    kept = [[term for term in group if term.word not in STOP_WORDS] for group in groups]
    return [group for group in kept if group] or groups


def _joined(groups: Groups) -> Iterator[Joined]:
    """Words that stand beside each other and are one word in Dutch."""
    for (one, *more), (other, *others) in pairwise(groups):
        if more or others or not (_may_join(one.word) and _may_join(other.word)):
            continue
        for joint in JOINTS:
            if lexicon.is_word(whole := f"{one.word}{joint}{other.word}"):
                yield Joined(f"{one.typed} {other.typed}", (one.word, other.word), whole)


def _may_join(word: str) -> bool:
    return len(word) >= SHORTEST_JOINED and word.isalpha() and word not in STOP_WORDS


def _either(group: Sequence[Term], synonyms: Synonyms) -> Asked:
    """What is answered by any term of a group."""
    matches: list[Match] = []
    for term in group:
        matches += [term.phrase] if term.phrase else _clause((_token(term),), synonyms)
    typed = " OR ".join(term.typed for term in group)
    words = tuple(term.word for term in group if term.word)
    return Asked(typed, words, tuple(dict.fromkeys(matches)))


def _token(term: Term) -> str:
    return dutch.tokens(term.word)[0]


def _clause(key: tuple[str, ...], synonyms: Synonyms) -> Clause:
    return (Match(key), *synonyms.table.get(key, ()))


def _asked_words(
    wanted: list[Term], synonyms: Synonyms, joined: Sequence[Joined]
) -> Iterator[Asked]:
    """A clause for each word, or for a run of words that together have a synonym."""
    wholes = [_token(term) for term in wanted]
    at = 0
    while at < len(wholes):
        most = min(synonyms.longest, len(wholes) - at)
        keys = (tuple(wholes[at : at + length]) for length in range(most, 0, -1))
        key = next((key for key in keys if key in synonyms.table), (wholes[at],))
        run = wanted[at : at + len(key)]
        words = tuple(term.word for term in run)
        as_one = [
            found
            for one in joined
            if not set(words).isdisjoint(one.words)
            for found in _clause(one.match.tokens, synonyms)
        ]
        clause = tuple(dict.fromkeys((*_clause(key, synonyms), *as_one)))
        yield Asked(" ".join(term.typed for term in run), words, clause)
        at += len(key)
