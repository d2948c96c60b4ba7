"""What comes nearest to a text: the same on every engine, and what the documents say."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from search.engines.base import Candidate, Engine, Nearest, Request
from search.questions.near import parse_near
from search.questions.text import Match, is_one_token
from search.results.answers import read
from search.results.near import FEW, Widened
from search.results.weighing import LOOKED_AT
from tests.contracts.conftest import Make
from tests.contracts.corpus import (
    CONDITIONS,
    DOCUMENTS,
    FACETS,
    ORDERS,
    SYNONYMS,
    WEIGHTS,
    document,
)
from tests.contracts.queries import FOUND
from tests.contracts.test_differential import random_document
from tests.nearness import Known, Oracle

WORDS = sorted({word for text in FOUND for word in text.split() if word.strip('"-')})
ORACLE = Oracle(DOCUMENTS, WEIGHTS)
KNOWN = {one.document.id: one for one in ORACLE.known}
TEXTS = (
    "training wethouders moskee",
    "hoe krijg ik jongeren in de wijk aan het praten",
    "jongerenwerkers",
    "wijkoverleg xyzzy",
    "extreem rechts moskee brief",
    'vaders "in huizen" wethouder',
    "vaders wethouder -acteurs",
    "zorg- en adviesteam buurt",
    "arnhemse trainingen",
    "praktijken sinds 2009 met vaders",
    "moskee in het westen sinds 2009",
    "wijk in de klas -acteurs",
    "Praktijken sinds 2009",
)


def nearest(engine: Engine, text: str, few: int = FEW, most: int = LOOKED_AT) -> Nearest:
    return engine.nearest(read(text, SYNONYMS), few, most)


def random_texts(count: int) -> list[str]:
    rng = random.Random(18)
    pieces = [*WORDS, *CONDITIONS]
    return [" ".join(rng.sample(pieces, rng.randint(1, 4))) for _ in range(count)]


@pytest.mark.parametrize("text", TEXTS)
def test_all_that_is_told_is_what_the_documents_say(corpus: Engine, text: str) -> None:
    near = read(text, SYNONYMS).near
    assert near is not None
    found = nearest(corpus, text)
    ways = [way.match for ways in near.ways for way in ways]
    assert found.documents == len(DOCUMENTS)
    assert found.having == tuple(
        sum(one.has(word.clause) for one in ORACLE.known) for word in near.asked
    )
    assert found.answering == tuple(sum(one.answers(way) for one in ORACLE.known) for way in ways)
    assert found.candidates
    for candidate in found.candidates:
        known = KNOWN[candidate.id]
        assert candidate.has == {at for at, word in enumerate(near.asked) if known.has(word.clause)}
        assert candidate.fields == {
            at: frozenset(
                known.fields(way.tokens[0]) if isinstance(way, Match) and is_one_token(way) else ()
            )
            for at, way in enumerate(ways)
            if known.answers(way)
        }
        assert_is_told_whole(candidate, known)


def assert_is_told_whole(candidate: Candidate, known: Known) -> None:
    one = known.document
    assert {name: frozenset(one.facets.get(name, ())) for name in FACETS} == candidate.facets
    assert {name: one.sort[name] for name in ORDERS} == candidate.sort
    assert tuple(one.passages) == candidate.passages


@pytest.mark.parametrize("text", TEXTS)
def test_complete_is_what_the_text_finds_without_anything_near(corpus: Engine, text: str) -> None:
    found, exact = nearest(corpus, text), corpus.search(Request(read(text, SYNONYMS)))
    assert found.complete == exact.total
    assert {one.id for one in found.candidates if one.is_complete} == set(exact.ids)


def test_where_enough_is_complete_only_that_is_told(corpus: Engine) -> None:
    assert nearest(corpus, "jongeren wijk", few=1).candidates
    complete = corpus.total(Request(parse_near("training wethouders")))
    assert nearest(corpus, "training wethouders", few=complete) == Nearest(complete)


def test_complete_documents_are_told_before_all_others(make: Make) -> None:
    """Also one that an engine ranks below those that have one of the words in their title."""
    engine = make(
        [
            *(document(key, "acteur acteur", "acteur") for key in range(1, 15)),
            *(document(key, "lunch lunch", "lunch") for key in range(15, 30)),
            document(30, "niets", "niets", "acteur | " + "woord " * 300 + " | lunch"),
        ]
    )
    found = nearest(engine, "acteur lunch", most=3)
    assert [one.id for one in found.candidates if one.is_complete] == [30]
    assert len(found.candidates) == 3


def test_what_was_removed_or_replaced_counts_nowhere(make: Make) -> None:
    engine = make([document(key, "acteur lunch moskee") for key in (1, 2, 3)])
    engine.apply([document(2, "acteur", version=5)], [(3, 6)])
    found = nearest(engine, "acteur lunch xyzzy")
    assert (found.documents, found.complete, found.having) == (2, 0, (2, 1, 0))
    assert {one.id for one in found.candidates} == {1, 2}


def test_documents_of_a_like_meaning_are_told_of_whatever_words_they_have(make: Make) -> None:
    engine = make(
        [
            *(document(key, "acteur") for key in range(1, 20)),
            document(20, "acteur lunch"),
            document(21, "iets anders", vorm="training"),
            document(22, "niets de wijk"),
            document(23, "weg"),
        ]
    )
    engine.apply([], [(23, 9)])

    def told(text: str, most: int) -> list[int]:
        parsed = parse_near(text, SYNONYMS)
        assert parsed.near is not None
        near = replace(parsed.near, alike=(21, 22, 23, 99))
        return [one.id for one in engine.nearest(replace(parsed, near=near), FEW, most).candidates]

    assert told("acteur lunch", 1)[:3] == [20, 21, 22]
    assert len(told("acteur lunch", 1)) == 5
    assert set(told("xyzzy foo", 3)) == {21, 22}
    assert set(told("xyzzy foo -niets", 3)) == {21}
    assert set(told('xyzzy foo "de wijk"', 3)) == {22}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_finds_what_the_documents_say_in_that_order(corpus: Engine, text: str) -> None:
    assert_as_the_oracle(corpus, [text])


def test_random_texts_find_what_the_documents_say(corpus: Engine) -> None:
    assert_as_the_oracle(corpus, random_texts(150))


def test_as_many_documents_as_are_looked_at_are_found_in_one_order(make: Make) -> None:
    """Where more have any of the words, which of those as good as equal follow may differ.

    Each engine then looks at those that it ranks first itself, and ranks by other counts.
    """
    rng = random.Random(19)
    documents = [random_document(rng, key) for key in range(1, LOOKED_AT + 1)]
    assert_as_the_oracle(make(documents), random_texts(60), Oracle(documents, WEIGHTS))


def assert_as_the_oracle(engine: Engine, texts: Sequence[str], oracle: Oracle = ORACLE) -> None:
    for text in texts:
        parsed = read(text, SYNONYMS)
        expected = oracle.found(parsed)
        answer = Widened(engine, engine.index).search(Request(parsed, limit=LOOKED_AT))
        assert answer.total == len(expected), text
        if answer.near is None:
            assert set(answer.ids) == set(expected), text
            assert not any(expected.values()), text
        else:
            assert list(answer.ids) == list(expected), text
            assert answer.near.missing == expected, text


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{number}" for number in range(100)),
        "-".join(["wijk"] * 100),
        "wijk " * 100,
        "jongerenwerkersoverleg" * 20,
        "a b c",
        "\u0301 😀 ﷺ x",
    ],
)
def test_no_text_is_too_odd_to_come_near_to(corpus: Engine, text: str) -> None:
    parsed = read(text, SYNONYMS)
    answer = Widened(corpus, corpus.index).search(Request(parsed, limit=50))
    assert set(answer.ids) == set(ORACLE.found(parsed))
