"""Where few documents have all words, what comes near is one set: for counts, pages and orders."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from search.engines.base import Axis, Engine, Request
from search.questions.near import parse_near
from search.results.near import Widened
from tests.contracts.corpus import DOCUMENTS, FACETS, ORDERS, WEIGHTS, document
from tests.nearness import Oracle
from tests.search.results.asking import Counting, engine_with

MORE = tuple(
    document(key, "Lunch in de buurt", vorm="training", gemeente="arnhem")
    for key in range(100, 145)
)
ALL = {one.id: one for one in (*DOCUMENTS, *MORE)}
TEXTS = (
    "wethouders moskee lunch",
    "jongerenwerkers training xyzzy",
    "lunch buurt moskee",
    "acteurs raadsleden",
    '"de wijk" brief training',
)
Filters = Mapping[str, tuple[str, ...]]
FILTERS: tuple[Filters, ...] = (
    {},
    {"vorm": ("training",)},
    {"gemeente": ("arnhem", "rotterdam"), "doelgroep": ("eerstelijn",)},
    {"jaar": ("2009", "2010", "2011")},
    {"vorm": ("nooit",)},
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_with(tuple(ALL.values()), tmp_path_factory.mktemp("near")) as made:
        yield made


def widened(engine: Engine) -> Widened:
    return Widened(engine, engine.index)


def request_of(text: str, filters: Filters, order: str = "relevantie") -> Request:
    return Request(parse_near(text), filters, order, limit=100)


def expected(text: str, filters: Filters) -> list[int]:
    found = Oracle(ALL.values(), WEIGHTS).found(parse_near(text))
    return [
        key
        for key in found
        if all(set(ALL[key].facets[name]).intersection(values) for name, values in filters.items())
    ]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_chosen_only_takes_away(engine: Engine, text: str, filters: Filters) -> None:
    request, ids = request_of(text, filters), expected(text, filters)
    answer = widened(engine).search(request)
    assert list(answer.ids) == ids
    assert answer.total == widened(engine).total(request) == len(ids)
    assert list(widened(engine).ids(request)) == list(widened(engine).every_id(request)) == ids
    assert answer.passages == {key: tuple(ALL[key].passages) for key in ids}


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("text", TEXTS)
def test_following_an_option_gives_its_count(engine: Engine, text: str, filters: Filters) -> None:
    counts = widened(engine).search(request_of(text, filters)).counts
    for name, facet in FACETS.items():
        for value in facet.options or map(str, range(2005, 2016)):
            other = request_of(text, {**filters, name: (value,)})
            assert counts[name].get(value, 0) == widened(engine).total(other), (name, value)


@pytest.mark.parametrize("order", ORDERS)
def test_another_order_gives_the_same_practices(engine: Engine, order: str) -> None:
    for text in TEXTS:
        ids = expected(text, {})
        found = widened(engine).ids(request_of(text, {}, order))
        sign = -1 if ORDERS[order] else 1
        assert list(found) == sorted(ids, key=lambda key: (sign * ALL[key].sort[order], key))


def test_pages_follow_each_other(engine: Engine) -> None:
    request = request_of("jongerenwerkers wethouders moskee imam scholen", {})
    whole = widened(engine).ids(request)
    pages = [widened(engine).ids(replace(request, offset=at, limit=2)) for at in range(0, 60, 2)]
    assert [key for page in pages for key in page] == list(whole)
    assert len(whole) > 4


def test_two_facets_together_are_counted_in_the_same_set(engine: Engine) -> None:
    rows, columns = Axis("vorm", ("training", "nooit")), Axis("gemeente", ("arnhem", "rotterdam"))
    for text in TEXTS:
        counts = widened(engine).crossed(request_of(text, {}), rows, columns)
        for row in rows.values:
            for column in columns.values:
                chosen: Filters = {"vorm": (row,), "gemeente": (column,)}
                assert counts[row].get(column, 0) == len(expected(text, chosen))


def test_documents_with_all_words_come_first(engine: Engine) -> None:
    answer = widened(engine).search(request_of("acteurs wethouder", {}))
    assert answer.near is not None
    missing = [bool(answer.near.missing[key]) for key in answer.ids]
    assert missing == sorted(missing)
    assert answer.near.complete == missing.count(False) > 0


def test_words_that_nobody_has_are_told(engine: Engine) -> None:
    answer = widened(engine).search(request_of("Xyzzy moskee lunch", {}))
    assert answer.near is not None
    assert answer.near.unknown == ("xyzzy",)
    assert all("Xyzzy" in words for words in answer.near.missing.values())


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("lunch buurt", {}),
        ("lunch buurt", {"vorm": ("training",)}),
        ("moskee", {}),
        ("", {"vorm": ("training",)}),
    ],
)
def test_where_enough_is_found_nothing_more_is_asked(
    engine: Engine, text: str, filters: Filters
) -> None:
    counting = Counting(engine)
    reader = Widened(counting, engine.index)  # type: ignore[arg-type]
    answer = reader.search(request_of(text, filters))
    assert counting.asked == ["search"]
    assert answer == engine.search(request_of(text, filters))


def test_what_comes_near_is_asked_for_once(engine: Engine) -> None:
    counting = Counting(engine)
    reader = Widened(counting, engine.index)  # type: ignore[arg-type]
    for filters in FILTERS:
        request = request_of("wethouders moskee lunch", filters)
        reader.search(request)
        reader.total(request)
        reader.every_id(request)
    assert counting.asked == ["search", "nearest"]


def test_a_filter_that_leaves_little_of_enough_brings_nothing_near(engine: Engine) -> None:
    """Forty-five documents have both words: that one of them is left changes nothing."""
    request = request_of("lunch buurt", {"gemeente": ("rotterdam",)})
    assert widened(engine).search(request) == engine.search(request)
    assert widened(engine).total(request_of("lunch buurt", {})) == 45


def test_nothing_comes_near_to_what_nobody_has_a_word_of(engine: Engine) -> None:
    answer = widened(engine).search(request_of("recept appeltaart", {}))
    assert (answer.total, answer.near) == (0, None)
