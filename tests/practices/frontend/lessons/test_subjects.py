"""Which pairs of lessons count as one subject, and what the function promises of any pair."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.frontend.lessons.subjects import Subject, is_one_subject, shared, subject_of

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text())["pair"]

texts = st.lists(
    st.sampled_from("acteurs groep wijkoverleg overleg trainers te goed islam de tijd".split())
).map(" ".join)


def subjects(pair: dict[str, Any]) -> tuple[Subject, Subject]:
    terms = [tuple(term) for term in pair.get("terms", [])]
    return subject_of(pair["worked"], terms), subject_of(pair["did_not"], terms)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["worked"][:30])
def test_a_pair_is_on_one_subject_where_a_reader_says_so(pair: dict[str, Any]) -> None:
    common = shared(*subjects(pair))
    assert is_one_subject(common) == pair["is_one"], common


def test_the_shared_words_are_those_of_the_first_text() -> None:
    one, other = subject_of("Wijkoverleggen met Acteurs.", []), subject_of("Overleg: acteur!", [])
    assert shared(one, other).words == ("Wijkoverleggen", "Acteurs")
    assert shared(other, one).words == ("Overleg", "acteur")


@given(texts, texts)
def test_it_does_not_matter_which_of_two_comes_first(one: str, other: str) -> None:
    first, second = subject_of(one, []), subject_of(other, [])
    assert shared(first, second).weight == shared(second, first).weight


@given(st.text(), st.text())
def test_any_text_can_be_compared(one: str, other: str) -> None:
    common = shared(subject_of(one, []), subject_of(other, []))
    assert common.weight >= 0


def test_terms_alone_make_no_subject() -> None:
    terms = [("themes", str(number)) for number in range(9)]
    assert not is_one_subject(shared(subject_of("Acteurs.", terms), subject_of("Lunch.", terms)))
