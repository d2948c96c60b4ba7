"""Passages that speak to a question: word for word what a document says, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions.near import parse_near
from search.questions.text import Synonyms
from search.results.quoting import LONGEST, MOST, Quote, is_question, pieces, quotes

QUESTION = "hoe krijg je ouders naar een avond over radicalisering?"
FITS = "De ouders kwamen naar de avond, omdat hun buurvrouw hen vroeg."
OTHER = "Wij betaalden de zaal uit het budget van de wijk."


def quoted(typed: str, *texts: str, synonyms: Synonyms | None = None) -> list[str]:
    text = parse_near(typed, synonyms or Synonyms())
    return [quote.text for quote in quotes(text, [1], {1: texts})]


def test_the_passage_that_answers_most_is_quoted_as_it_stands() -> None:
    assert quoted(QUESTION, OTHER, FITS) == [FITS]
    better = "Ouders kwamen naar de avond over radicalisering; <b>dat</b> hielp."
    assert quoted(QUESTION, FITS, better, FITS) == [better]


def test_of_several_that_answer_as_much_the_first_is_quoted() -> None:
    assert quoted(QUESTION, OTHER, FITS, f"{FITS} Zo ging het.") == [FITS]


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        "Een avond in de wijk.",  # one word only
        "",
    ],
)
def test_where_none_fits_there_is_none(text: str) -> None:
    assert quoted(QUESTION, text) == []


def test_a_small_part_of_many_words_is_not_enough() -> None:
    long = f"{QUESTION} met kinderen, docenten, agenten, imams, trainers en bestuurders"
    assert quoted(QUESTION, FITS) == [FITS]
    assert quoted(long, FITS) == []


def test_a_synonym_answers_a_word() -> None:
    synonyms = Synonyms.of([["ouders", "vaders en moeders"]])
    said = "Vaders en moeders kwamen die avond."
    assert quoted(QUESTION, said) == []
    assert quoted(QUESTION, said, synonyms=synonyms) == [said]


def test_each_of_the_first_documents_is_quoted_once_and_no_later_one() -> None:
    ids = range(10, 10 + MOST + 2)
    passages = dict.fromkeys(ids, (FITS, FITS))
    passages[11] = (OTHER, OTHER)
    found = quotes(parse_near(QUESTION), ids, passages)
    assert found == (Quote(10, FITS), Quote(12, FITS))


def test_of_a_long_text_whole_sentences_are_quoted() -> None:
    long = " ".join([OTHER] * 20 + [FITS] + [OTHER] * 20)
    [quote] = quoted(QUESTION, long)
    assert FITS in quote
    assert len(quote) <= 600 < len(long)
    assert quote in long
    assert quote.endswith(".")
    assert quoted(QUESTION, FITS.replace(".", "") + " ja" * LONGEST) == []


@given(st.text(st.sampled_from("ab .!?\n"), max_size=3000))
def test_pieces_are_of_the_text_and_short(text: str) -> None:
    found = list(pieces(text))
    assert all(piece in text and len(piece) <= LONGEST for piece in found)
    at = 0
    for piece in found:
        at = text.index(piece, at) + len(piece)


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=4))
def test_whatever_is_typed_what_is_quoted_stands_there(typed: str, texts: list[str]) -> None:
    for quote in quoted(typed, *texts):
        assert quote in texts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (QUESTION, True),
        ("training voor wijkagenten", True),
        ("wijkagenten training", False),
        ("", False),
    ],
)
def test_a_question_is_a_sentence(typed: str, expected: bool) -> None:
    assert is_question(typed) is expected
