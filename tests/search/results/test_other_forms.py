"""A typing error in a word that documents have in another form only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import engine_for
from search.engines.base import Engine
from search.questions.near import parse_near
from search.results.corrections import corrected
from search.results.near import FEW
from search.results.weighing import LOOKED_AT
from tests.contracts.corpus import Source, document
from tests.indexes import index_in

DOCUMENTS = (
    document(1, "Demonstratie van een activist"),
    document(2, "Begeleid wonen in de week"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with index_in(Path(tmp_path_factory.mktemp("forms"))):
        made = engine_for(Source.of(DOCUMENTS).index("forms"))
        with made.build() as builder:
            builder.apply(DOCUMENTS, ())
            builder.swap()
        yield made


def words_of(engine: Engine, typed: str) -> list[str]:
    text = parse_near(typed)
    read = corrected(engine, text, engine.nearest(text, FEW, LOOKED_AT))
    return [one.word for one in read.corrected]


@pytest.mark.parametrize(
    ("typed", "word"),
    [("aktivisten", "activisten"), ("activisme", ""), ("aktiviteiten", ""), ("woke", "")],
)
def test_only_a_long_word_of_which_a_form_is_there_is_put_right(
    engine: Engine, typed: str, word: str
) -> None:
    assert words_of(engine, typed) == ([word] if word else [])
