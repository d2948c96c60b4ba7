"""Which words are like a misspelt one: small errors first, then what many documents have."""

import pytest

from search.engines.spelling import error, is_likely, nearest, sound


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("vijligheid", "veiligheid"),
        ("statushauders", "statushouders"),
        ("kasus", "casus"),
        ("meltpunt", "meldpunt"),
        ("polarizatie", "polarisatie"),
        ("orthodoksie", "orthodoxie"),
        ("gemente", "gemeente"),
        ("vlugteling", "vluchteling"),
    ],
)
def test_what_cannot_be_heard_is_a_small_error(word: str, other: str) -> None:
    assert sound(word) == sound(other)
    assert error(word, other) <= 1 < error("gemente", "gewoonte")


def test_swapped_letters_are_less_than_another_letter() -> None:
    assert error("poltiie", "politie") < error("polotie", "politie")


def test_of_errors_that_are_as_great_what_many_documents_have_comes_first() -> None:
    assert nearest("trainng", {"training": 3, "traineng": 9}) == ["traineng", "training"]


def test_an_error_in_the_first_letter_is_greater() -> None:
    assert nearest("vacinatie", {"fascinatie": 2, "vaccinatie": 5})[0] == "vaccinatie"


@pytest.mark.parametrize(
    ("word", "other", "likely"),
    [
        ("wjik", "wijk", True),
        ("gouda", "goed", False),
        ("kosten", "korte", False),
        ("radicalisreing", "radicalisering", True),
        ("rdicalisring", "radicalisering", True),
        ("abcdefgh", "radicalisering", False),
    ],
)
def test_short_words_have_fewer_errors_than_long_ones(word: str, other: str, likely: bool) -> None:
    assert is_likely(word, other) is likely


def test_nothing_is_like_a_word_that_is_too_short() -> None:
    assert nearest("ab", {"abc": 1}) == []
