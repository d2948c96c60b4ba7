"""Marked words and passages: always safe HTML, always the text itself."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.questions.parsing import parse_text
from search.results.highlight import AFTER, BEFORE, best_passage, mark

ATTACKS = [
    "<script>alert(1)</script> training",
    "training <img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> training '",
    "</mark><script>training</script><mark>",
    "&lt;script&gt; training &amp;amp;",
    "<!-- training --> ]]>",
    "javascript:training&#x3A;",
]
TEXTS = st.text(
    st.sampled_from("abtr ainingwk<>&\"'-é\u0301\u00ad\n") | st.characters(), max_size=120
)


def marks(text: str) -> frozenset[str]:
    return parse_text(text).marks


def plain(marked: str) -> str:
    return html.unescape(marked.replace("<mark>", "").replace("</mark>", ""))


def marked_words(marked: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", marked)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("training", "Trainingen en een training.", ["Trainingen", "training"]),
        ("cafe", "In café De Zon", ["café"]),
        ("jongerenwerk", "Jongerenwerkers uit de wijk", ["Jongerenwerkers"]),
        ("wijk", "Jongerenwerkers in wijkoverleg", ["wijkoverleg"]),
        ('"ideaal jongerenwerk"', "Leerlijn ‘Ideaal Jongerenwerk’", ["Ideaal", "Jongerenwerk"]),
        ("de training van", "De training van de wijk", ["training"]),
        ("training -wijk", "training in de wijk", ["training"]),
        ("coördinatie", "coo\u0308rdinatie", ["coo\u0308rdinatie"]),
        ("acteurs", "Geen enkel woord", []),
    ],
)
def test_the_words_that_answer_the_search_are_marked(
    query: str, text: str, found: list[str]
) -> None:
    marked = mark(text, marks(query))
    assert marked_words(marked.html) == found
    assert marked.has_marks == bool(found)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("query", ["training", "script", "mark img svg", "x"])
def test_text_cannot_become_html(attack: str, query: str) -> None:
    for found in (mark(attack, marks(query)).html, best_passage([attack], marks(query)) or ""):
        assert set(re.findall("<[^>]*>", found)) <= {"<mark>", "</mark>"}


@given(TEXTS, TEXTS)
@example("a<b", "a")
@example("'s <mark>'", "mark")
def test_without_marks_the_text_is_what_it_was(text: str, query: str) -> None:
    marked = mark(text, marks(query) | {"a", "b", "mark", "training"})
    assert plain(marked.html) == text
    assert marked.has_marks == ("<mark>" in marked.html)
    assert "<" not in marked.html.replace("<mark>", "").replace("</mark>", "")


@given(st.lists(TEXTS, max_size=4), st.integers(0, 3))
def test_a_passage_is_a_piece_of_a_text_between_dots(texts: list[str], longer: int) -> None:
    texts = [f"{'lorem ipsum ' * 20 * longer}{text} training {text * 5}" for text in texts]
    passage = best_passage(texts, marks("training"))
    assert (passage is None) == (not texts)
    if passage is not None:
        piece = plain(passage).removeprefix("… ").removesuffix(" …")
        assert any(piece in text for text in texts)
        assert "<mark>" in passage


def test_a_passage_is_cut_between_words_near_the_first_hit() -> None:
    text = "voor " * 100 + "de training gaat over wijken " + "daarna " * 100
    passage = best_passage([text], marks("training"))
    assert passage is not None
    assert len(plain(passage)) <= BEFORE + AFTER + 10
    assert re.match("… voor .*… *$", passage)
    assert passage.endswith("daarna …")


def test_a_short_text_is_shown_whole() -> None:
    assert best_passage(["De training."], marks("training")) == "De <mark>training</mark>."


def test_the_passage_with_most_different_words_is_the_best() -> None:
    texts = ["training training training", "een training met acteurs", "acteurs"]
    assert "met" in (best_passage(texts, marks("training acteurs")) or "")


def test_the_first_of_equal_passages_is_shown() -> None:
    assert best_passage(["eerste training", "tweede training"], marks("training")) == (
        "eerste <mark>training</mark>"
    )


@pytest.mark.parametrize("texts", [[], [""], ["niets"]])
def test_without_a_hit_there_is_no_passage(texts: list[str]) -> None:
    assert best_passage(texts, marks("training")) is None


def test_a_word_of_any_length_gives_a_passage() -> None:
    passage = best_passage(["x" * 5000 + " training " + "y" * 5000], marks("training"))
    assert passage == "… <mark>training</mark> …"


def test_of_a_text_full_of_hits_one_passage_is_shown() -> None:
    passage = best_passage(["training " * 20_000], marks("training"))
    assert passage is not None
    assert len(plain(passage)) < 400
