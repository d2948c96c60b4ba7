"""What a text asks for in words is offered as a filter, with the number that it finds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from search.documents import Index
from search.engines import engine_for
from search.questions.query import Query
from search.questions.text import NO_SYNONYMS, Chosen, Condition
from search.results import answers
from search.results.near import Widened
from search.results.understood import MOST, Understood, understood
from tests.contracts.corpus import FACETS, document
from tests.search.results.asking import Counting, engine_with

DOCUMENTS = (
    document(1, "Moskee en wijk", vorm="training", gemeente="arnhem", jaar=(2010,)),
    document(2, "Lunch in de wijk", vorm="training", gemeente="arnhem", jaar=(2009,)),
    document(3, "Training over de moskee", vorm="training", gemeente="rotterdam"),
    document(4, "Moskee met lunch", vorm="expertmeeting", gemeente="den-haag", jaar=(2011,)),
    document(5, "Training in de wijk", vorm="expertmeeting", doelgroep="eerstelijn", jaar=(2011,)),
    *(
        document(
            key,
            "Brief",
            "",
            "gemeente met expertmeeting",
            vorm="expertmeeting",
            gemeente="arnhem",
            jaar=(2012,),
        )
        for key in range(10, 30)
    ),
)
MEANT: dict[str, Sequence[tuple[str, tuple[str, ...], float]]] = {
    "Arnhem": [("gemeente", ("arnhem",), 1)],
    "Hagenaars": [("gemeente", ("den-haag",), 1), ("gemeente", ("den-haag", "rotterdam"), 1)],
    "trainingen": [("vorm", ("training",), 1)],
    "cursus": [("vorm", ("training",), 0.7)],
    "Tiel": [("gemeente", ("tiel",), 1)],
    "sinds 2010": [("jaar", ("2010-",), 1)],
    "expertmeeting": [("vorm", ("expertmeeting",), 1)],
    "praktijken": [],
}


def conditions(text: str) -> tuple[Condition, ...]:
    """Finds those words, wherever they stand."""
    found: list[Condition] = []
    for words, meanings in MEANT.items():
        for place in re.finditer(re.escape(words), text, re.IGNORECASE):
            for facet, values, weight in meanings or [("", (), 1.0)]:
                chosen = Chosen(facet, FACETS[facet].indexed(values)) if facet else None
                found.append(Condition(*place.span(), chosen, values, weight))
    return tuple(sorted(found, key=lambda one: one.start))


SYNONYMS = replace(NO_SYNONYMS, conditions=conditions)
IN_TEXT = ("vorm", "gemeente")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with engine_with(DOCUMENTS, tmp_path_factory.mktemp("understood")) as made:
        yield made.index


def offered(index: Index, query: Query) -> dict[str, int]:
    """The addresses that are offered, each with its number."""
    return {one.query.query_string(): one.total for one in understood_by(index, query)}


def understood_by(index: Index, query: Query) -> list[Understood]:
    reader = Widened(engine_for(index), index)
    found = answers.run(reader, query, FACETS, SYNONYMS)
    return understood(reader, found, FACETS, SYNONYMS, IN_TEXT)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Arnhem", ["gemeente=arnhem"]),
        ("praktijken in Arnhem?", ["gemeente=arnhem"]),
        ("Arnhem of arnhem", ["gemeente=arnhem"]),
        ("cursus", ["vorm=training"]),
        ("brief in Arnhem", ["q=brief&gemeente=arnhem"]),
        ("in Arnhem voor de brief", ["q=brief&gemeente=arnhem"]),
        ("brief, Arnhem's gemeente", ["q=brief%2C+gemeente&gemeente=arnhem"]),
        ('"brief" van Arnhem', ["q=%22brief%22&gemeente=arnhem"]),
        ("Arnhem -lunch", ["q=-lunch&gemeente=arnhem"]),
        ("brief in Tiel", []),
        ("hoe dan ook", []),
    ],
)
def test_the_words_make_way_for_a_filter(index: Index, text: str, addresses: list[str]) -> None:
    assert [*offered(index, Query(text))] == addresses


def test_where_the_rest_would_find_other_things_the_text_stays(index: Index) -> None:
    assert offered(index, Query("moskee wijk Arnhem")) == {
        "q=moskee+wijk+Arnhem&gemeente=arnhem": 2
    }


def test_where_enough_has_all_words_the_counts_of_the_answer_are_offered(index: Index) -> None:
    assert offered(index, Query("brief expertmeeting")) == {
        "q=brief+expertmeeting&vorm=expertmeeting": 20
    }


def test_all_together_comes_first_and_then_each_alone(index: Index) -> None:
    assert [*offered(index, Query("trainingen in Arnhem"))] == [
        "gemeente=arnhem&vorm=training",
        "q=trainingen+in+Arnhem&vorm=training",
        "q=trainingen+in+Arnhem&gemeente=arnhem",
    ]


def test_what_can_be_meant_otherwise_is_not_chosen_together(index: Index) -> None:
    assert [*offered(index, Query("trainingen voor Hagenaars"))] == [
        "q=trainingen+voor+Hagenaars&vorm=training",
        "q=trainingen+voor+Hagenaars&gemeente=den-haag",
        "q=trainingen+voor+Hagenaars&gemeente=den-haag&gemeente=rotterdam",
    ]


def test_the_surest_is_offered_first(index: Index) -> None:
    assert (
        next(iter(offered(index, Query("cursus in Arnhem"))))
        == "q=cursus+in+Arnhem&gemeente=arnhem"
    )


@pytest.mark.parametrize(
    "text",
    [
        "trainingen in Arnhem",
        "brief Arnhem sinds 2010",
        "brief Arnhem",
        "moskee Hagenaars",
        "lunch sinds 2010 Arnhem",
        "wijk cursus xyzzy",
    ],
)
def test_following_an_offer_gives_its_number(index: Index, text: str) -> None:
    for filters in ((), (("doelgroep", ("eerstelijn",)),)):
        for one in understood_by(index, Query(text, filters)):
            reader = Widened(engine_for(index), index)
            assert answers.run(reader, one.query, FACETS, SYNONYMS).answer.total == one.total > 0


def test_what_is_chosen_stays_and_is_not_offered_again(index: Index) -> None:
    chosen = Query("praktijken in Arnhem", (("vorm", ("training",)),))
    assert [*offered(index, chosen)] == ["gemeente=arnhem&vorm=training"]
    assert not offered(index, Query("Arnhem", (("gemeente", ("arnhem",)),)))


def test_few_are_offered(index: Index) -> None:
    assert len(offered(index, Query("trainingen cursus Arnhem Hagenaars sinds 2010"))) <= MOST


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("moskee wijk lunch", []),
        ("brief gemeente", []),
        ("brief expertmeeting", []),
        ("brief expertmeeting sinds 2010", ["totals"]),
        ("moskee in Arnhem", ["totals"]),
        ("wethouders moskee Arnhem trainingen sinds 2010", ["totals"]),
    ],
)
def test_an_engine_is_asked_one_question_after_the_search(
    index: Index, text: str, asked: list[str]
) -> None:
    counting = Counting(engine_for(index))
    reader = Widened(counting, index)  # type: ignore[arg-type]
    found = answers.run(reader, Query(text), FACETS, SYNONYMS)
    counting.asked.clear()
    understood(reader, found, FACETS, SYNONYMS, IN_TEXT)
    assert counting.asked == asked
