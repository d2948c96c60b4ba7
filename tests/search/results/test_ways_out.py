"""Words to leave out: which, with what following each gives, and at how few questions."""

from collections.abc import Iterator

import pytest

from search.engines.base import Engine, Reader
from search.questions.query import Query
from search.results import answers
from search.results.corrected import Corrected
from search.results.near import Widened
from tests.contracts.corpus import DOCUMENTS, FACETS, SYNONYMS, document
from tests.search.results.asking import Counting, engine_with

MORE = tuple(document(key, "Lunch in de buurt", vorm="training") for key in range(100, 145))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_with((*DOCUMENTS, *MORE), tmp_path_factory.mktemp("ways")) as made:
        yield made


def reader(engine: Engine) -> Reader:
    return Corrected(Widened(engine, engine.index))


def ways_out(engine: Engine, text: str) -> list[answers.WithoutWord]:
    one = reader(engine)
    return answers.ways_out(one, answers.run(one, Query(text), FACETS, SYNONYMS), FACETS, SYNONYMS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lunch buurt orgel", ["orgel"]),
        ("lunch orgel kermis", []),
        ("lunch wethouders", ["wethouders", "lunch"]),
        ("luhnch orgel", ["orgel"]),
        ("orgel", []),
        ('"lunch in de buurt" orgel', ["orgel"]),
        ("lunch OR training orgel", ["orgel"]),
        ("", []),
    ],
)
def test_the_word_without_which_most_has_the_others_comes_first(
    engine: Engine, text: str, words: list[str]
) -> None:
    assert [one.typed for one in ways_out(engine, text)] == words


@pytest.mark.parametrize("text", ["lunch wethouders", "lunch buurt orgel", "jongerenwerkers orgel"])
def test_each_number_is_what_following_it_gives(engine: Engine, text: str) -> None:
    found = ways_out(engine, text)
    assert found
    for one in found:
        there = answers.run(reader(engine), one.query, FACETS, SYNONYMS).answer
        assert one.total == there.total
        assert one.complete == (there.near.complete if there.near else there.total)


def test_however_many_words_few_questions_are_asked(engine: Engine) -> None:
    counting = Counting(engine)
    one = Corrected(Widened(counting, engine.index))  # type: ignore[arg-type]
    text = "lunch buurt wethouders moskee training acteurs raadsleden jeugd brief wijk orgel"
    found = answers.run(one, Query(text), FACETS, SYNONYMS)
    counting.asked.clear()
    told = answers.ways_out(one, found, FACETS, SYNONYMS)
    assert len(told) <= answers.MOST_TOLD
    assert counting.asked.count("totals") == 1
    assert len(counting.asked) <= 1 + 2 * answers.MOST_TOLD
