"""Every number beside an option is exactly what following it gives, in hundreds of searches."""

import csv
import random
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.frontend.search.practice_search import FEED, TABLE, Search
from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.indexes.readers import practice_reader
from practices.indexes.searching import sort_labels
from practices.selectors import public_cards
from practices.selectors.exported import exported
from search.questions.query import MAX_PAGE, Query, parse
from search.results.answers import read as read_text
from search.results.answers import run as run_query
from search.results.near import FEW
from search.results.weighing import LOOKED_AT, REST
from tests import indexes
from tests.nearness import Oracle
from tests.practices.searchable import (
    Fact,
    State,
    evaluate,
    fill,
    missed,
    options_of,
    random_state,
    random_states,
)

# All of it stands on a site with hundreds of practices.
pytestmark = pytest.mark.slow

STATES = 300 if indexes.CHOSEN == "tantivy" else 60
"""Random searches. Elasticsearch gets fewer, as each of their thousands of questions goes to a
server; `tests/contracts` compares it with tantivy besides.
"""
FOLLOWED_BY_HTTP = 40
TEXTS, NEAR_FOLLOWED = 24, 4
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Fact]]:
    """Five hundred practices and their index, for all tests of this module."""
    folder = tmp_path_factory.mktemp("brute-force")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        yield fill()
        transaction.set_rollback(True)


@pytest.fixture
def known(filled: list[Fact], db: None) -> list[Fact]:
    return filled


def query_of(parameters: Mapping[str, Any]) -> Query:
    """The query of a page's address; everything in it must be understood."""
    querydict = QueryDict(mutable=True)
    for name, value in parameters.items():
        querydict.setlist(name, value if isinstance(value, list) else [value])
    return read(querydict)


def read(querydict: QueryDict) -> Query:
    query, notices = parse(querydict, registers.current().facets.values(), sort_labels())
    assert notices == []
    return query


def run(query: Query) -> Search:
    return Search(query, [], registers.current())


def total(query: Query) -> int:
    """What following an address gives, without the rows of the page."""
    known = registers.current()
    return run_query(practice_reader(), query, known.facets, known.synonyms).answer.total


def all_ids(query: Query) -> list[int]:
    """The ids on all pages of a search."""
    first = run(query)
    found = [result.id for result in first.results]
    for page in range(2, min(first.pages, MAX_PAGE) + 1):
        found += [result.id for result in run(query.at_page(page)).results]
    return found


def test_ids_totals_and_counts_are_those_of_a_naive_evaluation(known: list[Fact]) -> None:
    found_something = 0
    for state in random_states(known, STATES):
        expected, naive = evaluate(known, state)
        query = query_of(state.parameters())
        assert sorted(all_ids(query)) == expected, state
        search = run(query)
        assert search.total == len(expected), state
        offered: dict[str, dict[str, int]] = {name: {} for name in naive}
        for name, option in options_of(search.data()):
            if "-" in option["value"] and name == "jaar":
                years = frozenset({option["value"]})
                alone = State({**state.chosen, name: years}, state.phrases, state.excluded)
                assert option["count"] == len(evaluate(known, alone)[0]), (state, option)
            else:
                offered[name][option["value"]] = option["count"]
        for name, options in offered.items():
            assert {value: count for value, count in options.items() if count} == naive[name], (
                state,
                name,
            )
        found_something += bool(expected)
    assert found_something > STATES / 2, "the states must be ones that find something"


def texts(known: list[Fact]) -> list[str]:
    """Words of two practices, as somebody types them who knows of neither; half of them rare."""
    rng = random.Random(2010)
    found = []
    for number in range(TEXTS):
        two = rng.sample(known, 2)
        if number % 2:
            words = [word.strip('"-()') for one in two for word in rng.sample(one.title.split(), 2)]
        else:
            words = [place for one in two for place in one.values["gemeente"]] + ["xyzzy"]
        found.append(" ".join(words))
    return found


def test_what_comes_near_is_that_of_a_naive_evaluation(known: list[Fact]) -> None:
    """Whatever is chosen, in whichever order: one set, which filters only take away from."""
    oracle = Oracle(PRACTICES.load([fact.id for fact in known]), PRACTICES.weights)
    facts = {fact.id: fact for fact in known}
    rng = random.Random(2011)
    near = 0
    for text in texts(known):
        parsed = read_text(text, registers.current().synonyms)
        expected = oracle.found(parsed)
        if oracle.near(parsed) > LOOKED_AT:
            # Which of those that are as good as equal are looked at is the engine's to say.
            expected = dict.fromkeys(all_ids(query_of({"q": text})), ())
            assert len(oracle.complete(parsed)) >= FEW or len(expected) <= FEW + REST
        else:
            near += any(expected.values())
        for state in (State({}), *(random_state(rng, known) for _ in range(2))):
            chosen = {name: sorted(values) for name, values in state.chosen.items()}
            query = query_of({**chosen, "q": text})
            found = [key for key in expected if not missed(facts[key], State(state.chosen))]
            assert sorted(all_ids(query)) == sorted(found), (text, state)
            assert sorted(all_ids(query.sorted_by("jaar"))) == sorted(found), (text, state)
            if oracle.near(parsed) <= LOOKED_AT and any(expected.values()):
                assert all_ids(query) == found, (text, state)
                for result in run(query).data()["results"]:  # type: ignore[attr-defined]
                    assert result["missing"] == list(expected[result["id"]]), (text, state)
    assert near > TEXTS / 4, "enough texts must be ones to which something comes near"


def test_following_an_option_of_what_comes_near_gives_exactly_its_count(
    known: list[Fact], client: Client
) -> None:
    for text in texts(known)[:NEAR_FOLLOWED]:
        query = query_of({"q": text})
        for name, option in options_of(run(query).data()):
            found = total(read(QueryDict(urlsplit(option["url"]).query)))
            assert found == option["count"], (text, name, option)
        ids = all_ids(query)
        assert table_addresses(client, query) == [
            urlsplit(practice.url).path for practice in exported(ids)
        ], text
        assert sorted(feed_addresses(client, query)) == sorted(
            card.url for card in public_cards(ids).values()
        ), text


def test_following_any_option_gives_exactly_its_count(known: list[Fact]) -> None:
    totals: dict[str, int] = {}
    followed = 0
    for state in random_states(known, STATES):
        for name, option in options_of(run(query_of(state.parameters())).data()):
            address = option["url"]
            if address not in totals:
                totals[address] = total(read(QueryDict(urlsplit(address).query)))
            assert totals[address] == option["count"], (state, name, option)
            followed += 1
    assert followed > STATES * 20


def test_page_table_and_feed_give_the_same_practices(known: list[Fact], client: Client) -> None:
    """The same set on all pages of each, repeated values and ranges included."""
    for state in random_states(known, STATES)[:FOLLOWED_BY_HTTP]:
        query = query_of(state.parameters())
        ids = all_ids(query)
        urls = [card.url for card in public_cards(ids).values()]
        assert table_addresses(client, query) == [
            urlsplit(practice.url).path for practice in exported(ids)
        ], state
        assert sorted(feed_addresses(client, query)) == sorted(urls), state


def table_addresses(client: Client, query: Query) -> list[str]:
    text = client.get(TABLE.of(query)).getvalue().decode("utf-8-sig")
    return [urlsplit(row["Adres"]).path for row in csv.DictReader(StringIO(text), delimiter=";")]


def feed_addresses(client: Client, query: Query) -> list[str]:
    found: list[str] = []
    address: str | None = FEED.of(query)
    while address:
        feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 (our own answer)
        found += [one.attrib["href"] for one in feed.findall("a:entry/a:link", ATOM)]
        following = feed.find("a:link[@rel='next']", ATOM)
        address = None if following is None else following.attrib["href"]
    return [urlsplit(one).path for one in found]


def test_following_options_over_http_gives_their_counts(known: list[Fact], client: Client) -> None:
    rng = random.Random(5)
    for state in random_states(known, STATES)[:FOLLOWED_BY_HTTP]:
        found = client.get("/praktijken.json", state.parameters()).json()
        facet = rng.choice([facet for facet in found["facets"] if facet["options"]])
        option = rng.choice(facet["options"])
        path, _question, query = option["url"].partition("?")
        assert client.get(f"{path[:-1]}.json?{query}").json()["total"] == option["count"]
        assert client.get(option["url"]).status_code == 200


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_values_add_and_facets_narrow(known: list[Fact], data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 10_000))
    rng = random.Random(seed)
    query = query_of(random_state(rng, known).parameters())
    total = run(query).total
    facets = registers.current().facets
    name = data.draw(st.sampled_from([name for name in facets if name != "jaar"]))
    value = data.draw(st.sampled_from([*facets[name].options]))
    chosen = query.values(name)
    other = run(query.choosing(name, [*chosen, value])).total
    if chosen:
        assert other >= total, "one more value within a facet never finds less"
    else:
        assert other <= total, "one more facet never finds more"


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(seed=st.integers(0, 10_000))
def test_a_search_has_one_address(known: list[Fact], seed: int) -> None:
    rng = random.Random(seed)
    parameters = random_state(rng, known).parameters()
    query = query_of(parameters)
    turned = dict(reversed([*parameters.items()]))
    turned = {
        name: [*reversed(value), value[0]] if isinstance(value, list) else value
        for name, value in turned.items()
    }
    assert query_of(turned) == query
    assert read(QueryDict(query.query_string())) == query
    assert read(QueryDict(query.query_string())).query_string() == query.query_string()
