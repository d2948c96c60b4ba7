"""Searches as visitors make them: from what practices really hold, so that something is found."""

from dataclasses import replace
from random import Random

from practices.indexes.practices import PRACTICES
from practices.indexes.registers import Registers, current
from search.documents import Document, batches
from search.engines import reader_for
from search.questions import dutch
from search.questions.query import Query
from search.questions.text import STOP_WORDS
from search.results.answers import run

COUNT = 200
MOST_VALUES = 4
MOST_WORDS = 3
DEEP = 0.15
SHORTEST_WORD = 3


def mixed(seed: int = 1) -> list[Query]:
    """200 searches, each from a random practice.

    40 each with 0 to 4 chosen values, half of those with one to three words of title or summary,
    15 % on pages 2 to 5 (or the last page, if there are fewer).
    """
    registers = current()
    return [_on_a_page_that_exists(query, registers) for query in from_practices(COUNT, seed)]


def from_practices(count: int, seed: int = 1) -> list[Query]:
    """So many searches like those of `mixed`, whose pages need not exist."""
    rng, every = Random(seed), sorted(PRACTICES.ids())
    ids = rng.sample(every, count) if count <= len(every) else rng.choices(every, k=count)
    found = {document.id: document for chunk in batches(ids) for document in PRACTICES.load(chunk)}
    return [_query(rng, found[key], number) for number, key in enumerate(ids)]


def most_common_word() -> str:
    """The word, stop words aside, that stands in most of a thousand practices."""
    counts: dict[str, int] = {}
    ids = Random(1).sample(sorted(PRACTICES.ids()), 1000)
    for document in PRACTICES.load(ids):
        for word in set(_words(document)):
            counts[word] = counts.get(word, 0) + 1
    return max(sorted(counts), key=lambda word: counts[word])


def _query(rng: Random, document: Document, number: int) -> Query:
    pairs = [(facet, value) for facet, values in document.facets.items() for value in values]
    wanted = min(number % (MOST_VALUES + 1), len(pairs))
    query = Query(page=rng.randint(2, 5) if rng.random() < DEEP else 1)
    chosen: dict[str, list[str]] = {}
    for facet, value in rng.sample(pairs, wanted):
        chosen.setdefault(facet, []).append(value)
    values = tuple((facet, tuple(sorted(chosen[facet]))) for facet in sorted(chosen))
    has_text = number // (MOST_VALUES + 1) % 2
    words = _words(document)
    text = rng.sample(words, min(rng.randint(1, MOST_WORDS), len(words))) if has_text else []
    return replace(query, text=" ".join(text), chosen=values)


def _words(document: Document) -> list[str]:
    texts = (*document.text["title"], *document.text["summary"])
    return [
        word
        for text in texts
        for word in dutch.simple_words(text)
        if word not in STOP_WORDS and len(word) >= SHORTEST_WORD
    ]


def _on_a_page_that_exists(query: Query, registers: Registers) -> Query:
    return run(reader_for(PRACTICES), query, registers.facets, registers.synonyms).query
