"""Filters, counts, orders and pages: the same as evaluating them by hand."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import Document
from search.engines.base import Axis, Engine, Request
from search.questions.parsing import parse_text
from tests.contracts.corpus import DOCUMENTS, FACETS, ORDERS, SYNONYMS
from tests.contracts.queries import FOUND

Filters = dict[str, tuple[str, ...]]

VALUES = {
    name: [*sorted({value for one in DOCUMENTS for value in one.facets[name]}), "onzin"]
    for name in FACETS
}
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True).map(tuple)
        for name, values in VALUES.items()
    },
)


def passing(filters: Filters, documents: Iterable[Document] = DOCUMENTS) -> list[Document]:
    return [
        one
        for one in documents
        if all(set(one.facets[name]) & set(values) for name, values in filters.items())
    ]


def counted(filters: Filters, documents: Iterable[Document]) -> dict[str, dict[str, int]]:
    documents = list(documents)
    counts: dict[str, dict[str, int]] = {}
    for name in FACETS:
        others = {other: values for other, values in filters.items() if other != name}
        for one in passing(others, documents):
            for value in one.facets[name]:
                found = counts.setdefault(name, {})
                found[value] = found.get(value, 0) + 1
    return counts


def without_empty(counts: object) -> dict[str, dict[str, int]]:
    assert isinstance(counts, dict)
    assert all(count > 0 for values in counts.values() for count in values.values())
    return {name: dict(values) for name, values in counts.items() if values}


@given(FILTERS)
def test_filters_hold_together_and_values_of_one_facet_are_alternatives(
    corpus: Engine, filters: Filters
) -> None:
    request = Request(filters=filters, order="nieuwste")
    answer = corpus.search(request)
    assert list(answer.ids) == [one.id for one in passing(filters)]
    assert answer.total == corpus.total(request) == len(answer.ids)


@given(FILTERS)
def test_counts_of_a_facet_leave_out_its_own_choice(corpus: Engine, filters: Filters) -> None:
    answer = corpus.search(Request(filters=filters, order="nieuwste"))
    assert without_empty(answer.counts) == counted(filters, DOCUMENTS)


@given(st.sampled_from(list(FOUND)), FILTERS, st.sampled_from(["relevantie", *ORDERS]))
def test_text_and_filters_hold_together_in_any_order(
    corpus: Engine, text: str, filters: Filters, order: str
) -> None:
    found = [one for one in DOCUMENTS if one.id in FOUND[text]]
    request = Request(parse_text(text, SYNONYMS), filters, order)
    answer = corpus.search(request)
    assert set(answer.ids) == {one.id for one in passing(filters, found)}
    assert without_empty(answer.counts) == counted(filters, found)
    assert corpus.total(request) == answer.total == len(answer.ids)


@given(st.sampled_from(["", *FOUND]), FILTERS, FILTERS)
def test_further_conditions_hold_for_every_count(
    corpus: Engine, text: str, filters: Filters, more: Filters
) -> None:
    found = passing(more, [one for one in DOCUMENTS if not text or one.id in FOUND[text]])
    request = Request(parse_text(text, SYNONYMS), filters, "nieuwste", also=(*more.items(),))
    answer = corpus.search(request)
    assert list(answer.ids) == [one.id for one in passing(filters, found)]
    assert without_empty(answer.counts) == counted(filters, found)
    assert corpus.total(request) == answer.total == len(answer.ids)


@given(st.sampled_from(["", *FOUND]), FILTERS)
def test_further_conditions_hold_for_tables(corpus: Engine, text: str, more: Filters) -> None:
    found = passing(more, [one for one in DOCUMENTS if not text or one.id in FOUND[text]])
    request = Request(parse_text(text, SYNONYMS), also=(*more.items(),))
    rows, columns = (Axis(name, tuple(VALUES[name])) for name in ("vorm", "gemeente"))
    table = corpus.crossed(request, rows, columns)
    for value in rows.values:
        expected = counted({"vorm": (value,)}, found).get("gemeente", {})
        assert {key: count for key, count in table[value].items() if count} == expected


@pytest.mark.parametrize("text", ["", "training"])
def test_a_further_condition_without_values_finds_and_counts_nothing(
    corpus: Engine, text: str
) -> None:
    for filters in ({}, {"vorm": ("training",)}, {"gemeente": ("gouda",)}):
        answer = corpus.search(Request(parse_text(text), filters, also=(("gemeente", ()),)))
        assert (answer.total, without_empty(answer.counts)) == (0, {})


def test_a_parent_finds_its_children(corpus: Engine) -> None:
    parent = corpus.search(Request(filters={"doelgroep": ("eerstelijn",)}))
    children = corpus.search(Request(filters={"doelgroep": ("jongerenwerk", "onderwijs")}))
    assert set(parent.ids) == set(children.ids) == {1, 4, 5, 8, 10, 11}
    assert parent.counts["doelgroep"]["eerstelijn"] == 6


def test_a_filter_on_nothing_known_finds_nothing_and_says_what_others_would(corpus: Engine) -> None:
    answer = corpus.search(Request(filters={"vorm": ("onzin",)}))
    assert (answer.total, answer.ids) == (0, ())
    assert answer.counts["vorm"]["training"] == 4
    assert not answer.counts.get("gemeente")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("text", ["", "training OR", "wijk"])
def test_an_order_is_that_of_its_numbers(corpus: Engine, order: str, text: str) -> None:
    ids = corpus.search(Request(parse_text(text), order=order)).ids
    numbers = {one.id: one.sort[order] for one in DOCUMENTS}
    assert list(ids) == sorted(ids, key=numbers.__getitem__, reverse=ORDERS[order])


def test_without_text_relevance_is_as_good_as_any_order(corpus: Engine) -> None:
    assert len(corpus.search(Request(order="relevantie")).ids) == len(DOCUMENTS)


@pytest.mark.parametrize("order", ["relevantie", *ORDERS])
@pytest.mark.parametrize("text", ["", "over", "-training"])
@pytest.mark.parametrize("size", [1, 3, 5, 20])
def test_pages_hold_every_document_once(corpus: Engine, order: str, text: str, size: int) -> None:
    parsed = parse_text(text)
    whole = corpus.search(Request(parsed, order=order, limit=100))
    pages = [
        corpus.search(Request(parsed, order=order, offset=offset, limit=size))
        for offset in range(0, whole.total + size, size)
    ]
    assert [key for page in pages for key in page.ids] == list(whole.ids)
    assert {page.total for page in pages} == {whole.total}
    assert all(page.counts == whole.counts for page in pages)


@pytest.mark.parametrize("order", ["relevantie", *ORDERS])
@pytest.mark.parametrize("text", ["", "training", "-training"])
def test_ids_are_those_of_the_same_page(corpus: Engine, order: str, text: str) -> None:
    request = Request(parse_text(text), {"vorm": tuple(VALUES["vorm"][:2])}, order)
    for offset, limit in ((0, 10_000), (0, 3), (2, 2), (9_990, 20), (0, 0)):
        page = replace(request, offset=offset, limit=limit)
        expected = corpus.search(page).ids if limit else ()
        assert tuple(corpus.ids(page)) == expected


def test_a_page_beyond_the_last_is_empty_and_has_the_same_counts(corpus: Engine) -> None:
    answer = corpus.search(Request(offset=9_980))
    assert (answer.ids, answer.total) == ((), len(DOCUMENTS))
    assert answer.counts == corpus.search(Request()).counts


def test_facet_values_of_any_form_are_kept_apart(corpus: Engine) -> None:
    for value in ("den", "den-", "den-haag2", "den-haag OR arnhem", "*", "DEN-HAAG", "", "a" * 999):
        assert corpus.total(Request(filters={"gemeente": (value,)})) == 0
    assert corpus.total(Request(filters={"gemeente": ("den-haag",)})) == 2


def test_500_values_and_all_facets_at_once_have_an_answer(corpus: Engine) -> None:
    many = tuple(f"onzin-{number}" for number in range(500))
    filters = {name: (*many, VALUES[name][0]) for name in FACETS}
    answer = corpus.search(Request(parse_text("training"), filters))
    assert answer.total == len(passing(filters, [one for one in DOCUMENTS if one.id in (1, 3)]))


@settings(max_examples=30)
@given(asked=st.lists(st.builds(Request, filters=FILTERS, limit=st.integers(0, 9)), max_size=4))
def test_several_questions_at_once_are_answered_as_each_alone(
    corpus: Engine, asked: list[Request]
) -> None:
    assert [*map(list, corpus.each_ids(asked))] == [list(corpus.ids(one)) for one in asked]
    assert corpus.totals(asked) == [corpus.total(one) for one in asked]
