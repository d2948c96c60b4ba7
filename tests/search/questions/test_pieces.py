"""A text with other words, with fewer, and with words that are meant as they stand."""

import pytest

from search.questions.parsing import parse_text
from search.questions.pieces import as_meant, with_words, without

BETTER = {"traning": "training", "moskeeem": "moskee"}


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("traning", "training"),
        ("Traning, moskeeem!", "training, moskee!"),
        ("wijk-traning", "wijk-training"),
        ('traning "traning"', 'training "traning"'),
        ("jeugd -traning", "jeugd -traning"),
        ("jeugd +traning", "jeugd +traning"),
        ("training", "training"),
        ("", ""),
    ],
)
def test_words_are_replaced_where_they_may_be_wrong(text: str, better: str) -> None:
    assert with_words(text, BETTER.get) == better


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("training moskee", "moskee"),
        ("de training, moskee", "de moskee"),
        ("training-moskee", "moskee"),
        ("moskee-training jeugd", "moskee jeugd"),
        ('training "de training" -training', '"de training" -training'),
        ("+training moskee", "moskee"),
        ("moskee", "moskee"),
    ],
)
def test_a_word_is_left_out_and_nothing_else(text: str, rest: str) -> None:
    assert without(text, {"training"}) == rest


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("traning moskee", "+traning moskee"),
        ("de Traning", "de +Traning"),
        ("wijk-Traning", "wijk- +Traning"),
        ('"traning" traning', '"traning" +traning'),
    ],
)
def test_a_word_is_meant_as_it_stands(text: str, meant: str) -> None:
    typed = next(word for word in ("Traning", "traning") if word in text)
    assert as_meant(text, typed) == meant
    assert "traning" in parse_text(meant).meant
    assert parse_text(meant).required == parse_text(text).required
