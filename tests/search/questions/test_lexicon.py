"""The list of Dutch words: whether it is whole, and what it knows."""

from itertools import pairwise
from string import ascii_lowercase

import pytest

from search.questions import dutch, lexicon
from search.questions.lexicon import is_known, is_word, one_error_away


def lines() -> list[str]:
    return lexicon._lines().decode().splitlines()


def test_the_list_is_sorted_without_doubles_and_folded() -> None:
    found = lines()
    assert len(found) > 400_000
    assert all(one < other for one, other in pairwise(found))
    assert [word for word in found[::97] if dutch.fold_word(word) != word] == []


def test_every_word_of_the_list_is_found() -> None:
    found = lines()
    assert [word for word in (found[0], found[-1], *found[::531]) if not is_word(word)] == []


@pytest.mark.parametrize(
    "word",
    ["kosten", "verstand", "gouda", "gelderland", "wijkagent", "radicalisering", "coordinator"],
)
def test_a_word_that_dutch_has_is_known(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize(
    "word", ["", "\n", "a\nb", "radicalisreing", "zzzzzzzz", "aaaaaaaa", "gemente", "koste\nkosten"]
)
def test_what_is_no_word_is_not_known(word: str) -> None:
    assert not is_word(word)
    assert not is_known(word)


@pytest.mark.parametrize("word", ["radicaliseringstafel", "polarisatieoverleg"])
def test_a_compound_of_words_that_dutch_has_is_known(word: str) -> None:
    assert not is_word(word)
    assert is_known(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("aktivisten", "activisten"),
        ("demonstreeren", "demonstreren"),
        ("ondersteuneing", "ondersteuning"),
        ("socholen", "scholen"),
        ("begeleidign", "begeleiding"),
    ],
)
def test_words_one_error_away_are_found(word: str, other: str) -> None:
    assert other in one_error_away(word)


def test_what_is_like_no_word_has_none() -> None:
    assert list(one_error_away("xyzzyxyzzy")) == []


@pytest.mark.parametrize("word", ["aktivisten", "trainging", "ouder", "xqz", "zzz", "0", ""])
def test_all_words_one_error_away_are_found(word: str) -> None:
    letters, parts = ["", *ascii_lowercase], [(word[:at], word[at:]) for at in range(len(word) + 1)]
    others = {
        *(front + one + rest for front, rest in parts for one in letters),
        *(front + one + rest[1:] for front, rest in parts for one in letters),
        *(front + rest[1:2] + rest[:1] + rest[2:] for front, rest in parts),
    }
    assert set(lexicon.one_error_away(word)) == {one for one in others if lexicon.is_word(one)}
