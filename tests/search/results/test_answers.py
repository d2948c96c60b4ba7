"""A query that is run: pages, counts of ranges, and the ways out when nothing is found."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from search.documents import Index
from search.engines import engine_for
from search.questions.facets import Facet
from search.questions.query import Query, parse
from search.results import answers
from tests.contracts.corpus import DOCUMENTS, FACETS, ORDERS, SYNONYMS, Source, document
from tests.indexes import index_in


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    more = (document(key, "Fictief", gemeente="", jaar=(2020,)) for key in range(100, 145))
    documents = (*DOCUMENTS, *more)
    with index_in(Path(tmp_path_factory.mktemp("run"))):
        made = Source.of(documents).index("run")
        with engine_for(made).build() as builder:
            builder.apply(documents, ())
            builder.swap()
        yield made


def query_of(query_string: str) -> Query:
    return parse(QueryDict(query_string), FACETS.values(), ["relevantie", *ORDERS])[0]


def found(index: Index, query_string: str) -> answers.Found:
    return answers.run(engine_for(index), query_of(query_string), FACETS, SYNONYMS)


def test_a_page_holds_twenty_and_the_last_one_the_rest(index: Index) -> None:
    pages = [found(index, f"q=fictief&pagina={number}") for number in (1, 2, 3)]
    assert [len(page.answer.ids) for page in pages] == [20, 20, 5]
    assert {(page.pages, page.answer.total) for page in pages} == {(3, 45)}


@pytest.mark.parametrize("number", [4, 499, 500])
def test_a_page_beyond_the_last_becomes_the_last(index: Index, number: int) -> None:
    last = found(index, f"q=fictief&pagina={number}")
    assert last.query.page == 3
    assert last.answer.ids == found(index, "q=fictief&pagina=3").answer.ids


def test_nothing_found_has_one_page(index: Index) -> None:
    nothing = found(index, "q=xyzzy&pagina=7")
    assert (nothing.pages, nothing.query.page, nothing.answer.total) == (1, 1, 0)


@pytest.mark.parametrize(
    ("query_string", "ranges"),
    [
        ("jaar=2008-2010", {"2008-2010": 6}),
        ("jaar=2008-2010&vorm=training", {"2008-2010": 4}),
        ("jaar=2008-2010&jaar=2009&jaar=-2008", {"2008-2010": 6, "-2008": 3}),
        ("jaar=2011-&q=brief", {"2011-": 1}),
        ("jaar=2013-2013&jaar=1990-1991", {}),
    ],
)
def test_a_chosen_range_is_counted_alone_beside_single_years(
    index: Index, query_string: str, ranges: Mapping[str, int]
) -> None:
    counts = found(index, query_string).answer.counts["jaar"]
    assert {value: count for value, count in counts.items() if "-" in value} == ranges


class Asked(list[Any]):
    """Stands in for a method of an engine: keeps what it was asked, and answers nothing."""

    def __call__(self, request: Any) -> int:
        self.append(request)
        return 0


def test_only_ranges_are_counted_one_by_one(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked()
    monkeypatch.setattr(engine_for(index), "total", asked)
    found(index, "vorm=nooit&gemeente=arnhem&q=xyzzy&jaar=2009&jaar=2010-2011")
    assert len(asked) == 1


def conditions(index: Index, query_string: str) -> list[tuple[str, str, int]]:
    ways_out = answers.relaxations(engine_for(index), query_of(query_string), FACETS, SYNONYMS)
    return [(one.facet, one.value, one.total) for one in ways_out]


@pytest.mark.parametrize(
    ("query_string", "way_out"),
    [
        ("q=fictief&vorm=training", ("vorm", "training", 45)),
        ("q=wethouder&gemeente=arnhem", ("", "wethouder", 2)),
        ("q=fictief&gemeente=arnhem&gemeente=den-haag", ("gemeente", "", 45)),
        ("q=xyzzy&vorm=lunchbijeenkomst", ("", "xyzzy", 1)),
        ("vorm=nooit", ("vorm", "nooit", len(DOCUMENTS) + 45)),
        ("q=fictief&jaar=2008-2010", ("jaar", "2008-2010", 45)),
    ],
)
def test_the_way_out_is_the_condition_without_which_most_is_found(
    index: Index, query_string: str, way_out: tuple[str, str, int]
) -> None:
    assert found(index, query_string).answer.total == 0
    assert conditions(index, query_string) == [way_out]


@pytest.mark.parametrize(
    "query_string", ["q=xyzzy&vorm=nooit", "q=xyzzy&vorm=nooit&gemeente=arnhem"]
)
def test_where_no_single_condition_helps_there_is_no_way_out(
    index: Index, query_string: str
) -> None:
    assert conditions(index, query_string) == []


def test_a_way_out_leads_to_as_many_as_it_says(index: Index) -> None:
    query = query_of("q=fictief&vorm=training")
    [way_out] = answers.relaxations(engine_for(index), query, FACETS, SYNONYMS)
    assert answers.run(engine_for(index), way_out.query, FACETS).answer.total == way_out.total


def test_many_values_cost_no_more_questions_than_facets(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked()
    monkeypatch.setattr(engine_for(index), "total", asked)
    answers.relaxations(engine_for(index), query_of("q=x&" + "&".join(every_value(FACETS))), FACETS)
    assert len(asked) == 1 + len(FACETS) - 1


def every_value(facets: Mapping[str, Facet]) -> Iterator[str]:
    for facet in facets.values():
        yield from (f"{facet.name}={value}" for value in facet.options)
