"""`vergelijkbaar` is a facet like any other: everything is as a naive evaluation says."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.frontend.search.practice_search import Search
from practices.indexes import registers
from practices.indexes.searching import sort_labels
from practices.models import PracticePage
from search.questions.query import parse
from tests import indexes
from tests.practices.indexes.likeness.oracle import Oracle
from tests.practices.searchable import Fact, State, fill, missed, random_state

# All of it stands on a site with hundreds of practices.
pytestmark = pytest.mark.slow

STATES = 60
OVER_HTTP = 12
COMPARABLE = "vergelijkbaar"


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[Fact], Oracle]]:
    """Three hundred practices and their index, for all tests of this module."""
    folder = tmp_path_factory.mktemp("comparable")
    with django_db_blocker.unblock(), transaction.atomic(), indexes.index_in(folder):
        yield fill(300), Oracle()
        transaction.set_rollback(True)


@pytest.fixture
def known(filled: tuple[list[Fact], Oracle], db: None) -> list[Fact]:
    return filled[0]


@pytest.fixture
def oracle(filled: tuple[list[Fact], Oracle], db: None) -> Oracle:
    return filled[1]


class Asked:
    """A search with municipalities to be comparable with, and its naive evaluation."""

    def __init__(self, known: list[Fact], oracle: Oracle, state: State, chosen: list[str]) -> None:
        self.known, self.oracle, self.state, self.chosen = known, oracle, state, chosen
        self.parameters = {**state.parameters(), **({COMPARABLE: chosen} if chosen else {})}

    def matching(self, chosen: list[str], but: str = "") -> list[Fact]:
        """What passes all conditions, but for one facet, with other municipalities chosen."""
        near = {slug for one in chosen for slug in self.oracle.comparable(one)}
        return [
            fact
            for fact in self.known
            if not set(missed(fact, self.state)) - {but}
            and (not chosen or fact.values["gemeente"] & near)
        ]

    def counts(self, name: str) -> Counter[str]:
        """The counts of a facet without its own choice."""
        return Counter(
            value for fact in self.matching(self.chosen, name) for value in fact.values[name]
        )


def asked(known: list[Fact], oracle: Oracle) -> Iterator[Asked]:
    """Searches with one or two municipalities, now and then none."""
    rng = random.Random(2025)
    for _ in range(STATES):
        state = random_state(rng, known)
        near = [slug for slug in oracle.places if len(oracle.comparable(slug)) > 2]
        chosen = sorted(rng.sample(near, rng.choice((0, 1, 1, 1, 2))))
        kind = rng.random() if chosen else 1
        if kind < 0.3:
            # Municipalities chosen by themselves too, of which some are comparable.
            places = [*oracle.comparable(chosen[0])[:3], rng.choice(known).values["gemeente"]]
            state = State({"gemeente": frozenset(map("".join, places))})
        elif kind < 0.6:
            # More often something is found where there are few other conditions.
            state = State({}, state.phrases)
        yield Asked(known, oracle, state, chosen)


def search(parameters: dict[str, Any]) -> Search:
    querydict = QueryDict(mutable=True)
    for name, value in parameters.items():
        querydict.setlist(name, value if isinstance(value, list) else [value])
    query, notices = parse(querydict, registers.current().facets.values(), sort_labels())
    assert notices == []
    return Search(query, [], registers.current())


def all_ids(parameters: dict[str, Any]) -> list[int]:
    first = search(parameters)
    pages = [search({**parameters, "pagina": str(page + 1)}) for page in range(first.pages)]
    return sorted(result.id for page in pages for result in page.results)


def values_of(facet: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All options of a facet as JSON has it, narrower ones too."""
    found, waiting = {}, list(facet["options"])
    while waiting:
        option = waiting.pop()
        waiting += option.get("children", [])
        found[option["value"]] = option
    return found


def test_the_measure_of_the_site_is_that_of_the_decision(oracle: Oracle) -> None:
    likeness = registers.current().likeness
    assert set(likeness.facts) == set(oracle.places)
    for slug in oracle.places:
        found = [one.facts.slug for one in likeness.comparable(slug)]
        # Scores that differ by less than rounding may stand in another order.
        assert [round(oracle.score(slug, other), 9) for other in found] == [
            round(oracle.score(slug, other), 9) for other in oracle.comparable(slug)
        ]
        assert sorted(found) == sorted(oracle.comparable(slug))


def test_ids_totals_and_all_counts_are_those_of_a_naive_evaluation(
    known: list[Fact], oracle: Oracle
) -> None:
    found_something = 0
    for one in asked(known, oracle):
        matching = one.matching(one.chosen)
        assert all_ids(one.parameters) == sorted(fact.id for fact in matching), one.parameters
        found = search(one.parameters)
        assert found.total == len(matching)
        for facet in found.data()["facets"]:  # type: ignore[attr-defined]
            options = values_of(facet)
            if facet["name"] == COMPARABLE:
                expected = {slug: len(one.matching([slug])) for slug in one.chosen}
                assert {value: each["count"] for value, each in options.items()} == expected
                assert all(each["selected"] for each in options.values())
            else:
                counted = {
                    value: each["count"]
                    for value, each in options.items()
                    if each["count"] and "-" not in value * (facet["name"] == "jaar")
                }
                assert counted == one.counts(facet["name"]), (one.parameters, facet["name"])
        found_something += bool(one.chosen and matching)
    assert found_something > STATES / 3


def test_all_municipalities_are_offered_with_what_they_give_on_the_page_to_choose_from(
    known: list[Fact], oracle: Oracle
) -> None:
    for one in list(asked(known, oracle))[:OVER_HTTP]:
        shown = search(one.parameters).facet(COMPARABLE)
        counts = {option.value: option.count for option in shown.options}
        expected = {slug: len(one.matching([slug])) for slug in oracle.places}
        assert counts == {
            slug: count for slug, count in expected.items() if count or slug in one.chosen
        }


def test_page_json_and_the_address_of_each_option_give_the_same(
    known: list[Fact], oracle: Oracle, client: Client
) -> None:
    rng = random.Random(7)
    for one in [one for one in asked(known, oracle) if one.chosen][:OVER_HTTP]:
        found = client.get("/praktijken.json", one.parameters).json()
        assert found["total"] == len(one.matching(one.chosen))
        page = client.get("/praktijken/", one.parameters)
        text = page.content.decode()
        html5lib.HTMLParser(strict=True).parse(text)
        assert (page.status_code, page.context["search"].total) == (200, found["total"])
        [own] = [facet for facet in found["facets"] if facet["name"] == COMPARABLE]
        others = [facet for facet in found["facets"] if facet["options"]]
        for option in [*own["options"], rng.choice(rng.choice(others)["options"])]:
            followed = client.get(option["url"].replace("/?", ".json?")).json()
            assert followed["total"] == option["count"], (one.parameters, option)
        chips = [chip for chip in page.context["search"].chips if "Vergelijkbaar" in chip.label]
        assert [chip.value for chip in chips] == [oracle.places[slug].name for slug in one.chosen]
        for chip in chips:
            rest = [slug for slug in one.chosen if oracle.places[slug].name != chip.value]
            without = client.get(chip.url.replace("/praktijken/", "/praktijken.json")).json()
            assert without["total"] == len(one.matching(rest))


def test_table_feed_and_gap_map_have_the_same_practices(
    known: list[Fact], oracle: Oracle, client: Client
) -> None:
    near = Asked(known, oracle, State({}), ["gouda"]).matching(["gouda"])
    addresses = {
        page.pk: f"/gemeenten/{page.municipality.slug}/{page.slug}/".encode()
        for page in PracticePage.objects.select_related("municipality")
    }
    expected = {fact.id for fact in near}
    parameters = {COMPARABLE: "gouda"}
    found = {}
    for path in ("/praktijken.csv", "/praktijken.atom"):
        response = client.get(path, parameters)
        found[path] = b"".join(response) if response.streaming else response.content
    in_table, in_feed = (
        {key for key, address in addresses.items() if address in text} for text in found.values()
    )
    assert in_table == expected
    # A feed has the newest only.
    assert in_feed <= expected
    assert len(in_feed) == found["/praktijken.atom"].count(b"<entry>") > 0
    gaps = client.get("/praktijken/witte-vlekken/", parameters).context["map"]
    assert gaps.total == len(near)
    assert len(client.get("/praktijken/kaart/", parameters).context["map"].rows) == len(
        {found.values["gemeente"] for found in near}
    )


def test_each_result_says_why_it_is_comparable(
    known: list[Fact], oracle: Oracle, client: Client
) -> None:
    slugs = {place.code: slug for slug, place in oracle.places.items()}
    parameters = {COMPARABLE: ["gouda", "voorne-aan-zee"]}
    found = client.get("/praktijken.json", parameters).json()
    assert found["results"]
    text = client.get("/praktijken/", parameters).content.decode()
    for result in found["results"]:
        slug = slugs[result["municipality"]["code"]]
        said = {one["value"]: one for one in result["comparable"]}
        assert set(said) == {
            own for own in parameters[COMPARABLE] if slug in oracle.comparable(own)
        }
        for own, one in said.items():
            assert one["name"] == oracle.places[own].name
            assert one["reasons"], "never without a reason"
            assert f"Vergelijkbaar met {one['name']}:</strong> {one['reasons'][0]}" in text
        if "voorne-aan-zee" in said:
            assert any("stedelijkheid van Voorne aan Zee" in one for one in
                       said["voorne-aan-zee"]["unknown"])  # fmt: skip
    assert "comparable" not in client.get("/praktijken.json").json()["results"][0]


@pytest.mark.parametrize(
    "value",
    ["nergens", "\x00", "gouda\x00", "<b>", "\ud800", "a" * 9_000, "GM0513", "*", "gouda,ede"],
)
def test_a_municipality_that_is_unknown_is_left_out_and_said(
    known: list[Fact], client: Client, value: str
) -> None:
    raw = urlencode({COMPARABLE: value}, errors="surrogatepass")
    found = client.get("/praktijken.json", QUERY_STRING=raw).json()
    assert found["total"] == len(known)
    [notice] = found["notices"]
    assert notice.startswith("Vergelijkbaar met: wij kennen “")
    assert client.get("/praktijken/", QUERY_STRING=raw).status_code == 200
    assert client.get(f"/praktijken/kies/{COMPARABLE}/", QUERY_STRING=raw).status_code == 200


def test_a_search_without_it_asks_the_database_nothing_more_and_reads_no_facts(
    known: list[Fact], client: Client
) -> None:
    client.get("/praktijken/")
    registers.forget()
    registers.current()
    with CaptureQueriesContext(connection) as queries:
        client.get("/praktijken/?vorm=training")
    assert not any("neighbours" in query["sql"] for query in queries)
    likeness = registers.current().likeness
    assert likeness.newest_read() is None
    client.get(f"/praktijken/?{COMPARABLE}=gouda")
    assert likeness.newest_read() is likeness
    with CaptureQueriesContext(connection) as more:
        client.get(f"/praktijken/?{COMPARABLE}=gouda")
    assert len(more) == len(queries), "computed once"


def test_the_search_page_leads_to_the_municipalities_to_choose_from(
    known: list[Fact], client: Client
) -> None:
    text = client.get("/praktijken/?vorm=training").content.decode()
    assert f'<a href="/praktijken/kies/{COMPARABLE}/?vorm=training">Kies uit de lijst' in text
    listed = client.get(f"/praktijken/kies/{COMPARABLE}/?vorm=training&zoek=goud").content.decode()
    assert 'name="vergelijkbaar" value="gouda"' in listed
    assert 'value="ede"' not in listed
