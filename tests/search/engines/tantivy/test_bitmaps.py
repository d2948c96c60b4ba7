"""Counts from bitmaps: the same as counting by hand, also after any change."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from search.engines.tantivy.bitmaps import Counts

NAMES = ("vorm", "jaar")
VALUES = st.fixed_dictionaries(
    {
        "vorm": st.lists(st.sampled_from("abc"), unique=True),
        "jaar": st.lists(st.sampled_from(["2008", "2009"]), unique=True),
    }
)
DOCUMENTS = st.dictionaries(st.integers(1, 30), VALUES, max_size=20)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "vorm": st.lists(st.sampled_from("abcd"), min_size=1, unique=True).map(tuple),
        "jaar": st.lists(st.sampled_from(["2008", "2009"]), min_size=1, unique=True).map(tuple),
    },
)

Documents = dict[int, dict[str, list[str]]]
Filters = dict[str, tuple[str, ...]]


def passes(values: dict[str, list[str]], filters: Filters) -> bool:
    return all(set(values[name]) & set(chosen) for name, chosen in filters.items())


def naive(documents: Documents, filters: Filters) -> tuple[set[int], dict[str, dict[str, int]]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in NAMES}
    for name, found in counts.items():
        others = {other: chosen for other, chosen in filters.items() if other != name}
        for values in documents.values():
            if passes(values, others):
                for value in values[name]:
                    found[value] = found.get(value, 0) + 1
    return {key for key, values in documents.items() if passes(values, filters)}, counts


@given(DOCUMENTS, FILTERS)
def test_counts_leave_out_the_choice_within_the_facet(
    documents: Documents, filters: Filters
) -> None:
    counts = Counts.of(documents.items(), NAMES)
    matches, counted = counts.count(filters)
    assert (set(matches), counted) == naive(documents, filters)
    assert counts.matching(filters) == matches


@given(DOCUMENTS, st.sets(st.integers(1, 30)))
def test_some_of_the_documents_are_counted_like_all(documents: Documents, found: set[int]) -> None:
    counts = Counts.of(documents.items(), NAMES)
    some = {key: values for key, values in documents.items() if key in found}
    assert counts.of_documents(BitMap(found)) == naive(some, {})[1]
    assert counts.of_documents(counts.everything) == naive(documents, {})[1]


@given(DOCUMENTS, st.lists(st.tuples(st.sets(st.integers(1, 30)), DOCUMENTS), max_size=4))
def test_changes_in_turn_give_what_a_fresh_count_gives_and_leave_the_old_alone(
    documents: Documents, changes: list[tuple[set[int], Documents]]
) -> None:
    counts = Counts.of(documents.items(), NAMES)
    before = Counts.of(documents.items(), NAMES)
    first = counts
    for gone, added in changes:
        counts = counts.changed(BitMap(gone | set(added)), Counts.of(added.items(), NAMES))
        documents = {key: values for key, values in documents.items() if key not in gone} | added
    assert counts == Counts.of(documents.items(), NAMES)
    assert first == before


def test_an_unknown_facet_or_value_has_no_documents() -> None:
    counts = Counts.of([(1, {"vorm": ["a"]})], NAMES)
    assert not counts.chosen("onzin", ["a"])
    assert not counts.chosen("vorm", ["onzin"])
    assert counts.count({"vorm": ("onzin",)})[1] == {"vorm": {"a": 1}, "jaar": {}}
