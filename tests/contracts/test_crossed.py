"""Counts of two facets together: the same as counting by hand, and as searching each pair."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Axis, Engine, Request
from search.questions.parsing import parse_text
from tests.contracts.conftest import Make
from tests.contracts.corpus import DOCUMENTS, FACETS, SYNONYMS, document
from tests.contracts.queries import FOUND
from tests.contracts.test_filters import FILTERS, VALUES, Filters, passing

AXES = st.lists(st.sampled_from(sorted(FACETS)), min_size=2, max_size=2, unique=True).flatmap(
    lambda names: st.tuples(*(st.builds(Axis, st.just(name), some(name)) for name in names))
)
MANY = 1_200
"""More than tantivy hands over to the bitmaps."""


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(VALUES[name]), min_size=1, unique=True).map(tuple)


def ids_of_all() -> set[int]:
    return {one.id for one in DOCUMENTS}


def by_hand(
    rows: Axis, columns: Axis, filters: Filters, ids: set[int]
) -> dict[tuple[str, str], int]:
    found = [one for one in passing(filters) if one.id in ids]
    pairs = {
        (row, column): sum(
            row in one.facets[rows.facet] and column in one.facets[columns.facet] for one in found
        )
        for row in rows.values
        for column in columns.values
    }
    return {pair: count for pair, count in pairs.items() if count}


def crossed(
    engine: Engine, request: Request, rows: Axis, columns: Axis
) -> dict[tuple[str, str], int]:
    counts = engine.crossed(request, rows, columns)
    assert set(counts) == set(rows.values)
    return {
        (row, column): count for row, across in counts.items() for column, count in across.items()
    }


@given(AXES, FILTERS, FILTERS, st.sampled_from(["", *FOUND]))
def test_two_facets_together_are_counted_as_by_hand(
    corpus: Engine, axes: tuple[Axis, Axis], filters: Filters, more: Filters, text: str
) -> None:
    ids = {one.id for one in passing(more)}.intersection(FOUND[text] if text else ids_of_all())
    request = Request(parse_text(text, SYNONYMS), filters, also=(*more.items(),))
    assert crossed(corpus, request, *axes) == by_hand(*axes, filters, ids)


def test_many_hits_are_counted_together_as_few_are(make: Make) -> None:
    engine = make(
        document(
            key,
            "wijkoverleg",
            vorm="training" if key % 2 else "lunchbijeenkomst training",
            doelgroep="onderwijs" if key % 3 else "",
        )
        for key in range(1, MANY + 1)
    )
    rows = Axis("vorm", ("lunchbijeenkomst", "training", "onzin"))
    columns = Axis("doelgroep", ("onderwijs", "gemeenteraad"))
    for text in ("", "wijkoverleg"):
        counts = engine.crossed(Request(parse_text(text)), rows, columns)
        assert counts == {
            "lunchbijeenkomst": {"onderwijs": MANY // 3},
            "training": {"onderwijs": MANY * 2 // 3},
            "onzin": {},
        }


def test_a_table_without_rows_or_columns_has_no_counts(corpus: Engine) -> None:
    some, none = Axis("vorm", ("training",)), Axis("doelgroep", ())
    assert corpus.crossed(Request(), some, none) == {"training": {}}
    assert corpus.crossed(Request(), none, some) == {}
