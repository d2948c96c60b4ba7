"""Kinds of lessons that are asked for in words."""

import pytest

from practices.indexes.conditions.lessons import kind_asked


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("wat niet werkte bij ouders", "werkte-niet", "ouders"),
        ("Wat werkte niet bij e-learning?", "werkte-niet", "e-learning?"),
        ("gestopte trajecten, wat ging er mis", "werkte-niet", "gestopte trajecten,"),
        ("wat er misging bij de intocht", "werkte-niet", "intocht"),
        ("valkuilen casusoverleg", "werkte-niet", "casusoverleg"),
        ("moskee wat werkte", "werkte", "moskee"),
        ("wat werkt in de wijk", "werkte", "wijk"),
        ("wat ging goed", "werkte", ""),
        ("Tips voor de gemeenteraad", "tip", "gemeenteraad"),
    ],
)
def test_a_kind_is_asked_for_in_words(text: str, kind: str, rest: str) -> None:
    assert kind_asked(text) == (kind, rest)


@pytest.mark.parametrize(
    "text", ["", "jongerenwerk", "wat te doen", "werkteam niet", "tipgever", "İ wat wij willen"]
)
def test_other_words_ask_for_none(text: str) -> None:
    assert kind_asked(text) is None


def test_a_text_whose_letters_fold_to_more_is_read_too() -> None:
    found = kind_asked("ﬀ wat niet werkte bij ouders")
    assert found is not None
    assert found.value == "werkte-niet"
