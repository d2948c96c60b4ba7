"""The gap map: each cell is the search that it leads to, on every engine."""

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import html5lib
import pytest
from django.db import transaction
from django.test import Client

from practices.frontend.search.gaps import DEFAULT, MOST_COLUMNS, MOST_ROWS, crossable
from practices.indexes import registers
from practices.indexes.readers import practice_reader
from search.questions.query import Query
from search.results.answers import run
from tests import indexes
from tests.indexes import ENGINES
from tests.practices.frontend.search.gap_maps import gap_map, read
from tests.practices.searchable import Fact, fill, random_state

# All of it stands on a site with hundreds of practices.
pytestmark = pytest.mark.slow

COUNT = 150
STATES = 12
GAPS = "/praktijken/witte-vlekken/"


@pytest.fixture(scope="module", params=ENGINES)
def known(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Fact]]:
    """Practices and their index in each engine, for the tests of this module that ask for them."""
    folder = tmp_path_factory.getbasetemp() / f"gaps-{uuid4().hex}"
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        indexes.index_in(folder, request.param),
    ):
        yield fill(COUNT)
        transaction.set_rollback(True)


def total(address: str) -> int:
    """What following an address gives, without the rows of the page."""
    known = registers.current()
    query = read(urlsplit(address).query)
    return run(practice_reader(), query, known.facets, known.synonyms).answer.total


def test_following_any_cell_gives_exactly_its_count(known: list[Fact], db: None) -> None:
    rng = random.Random(6)
    names = [*crossable(registers.current().facets)]
    filled = 0
    for number in range(STATES):
        text = urlencode(random_state(rng, known).parameters(), doseq=True) if number else ""
        row, column = rng.sample(names, 2) if number else DEFAULT.values()
        shown = gap_map(text, row, column)
        cells = [cell for _heading, cells in shown.lines for cell in cells]
        for cell in rng.sample(cells, min(len(cells), 25)):
            assert total(cell.url) == cell.count, (text, cell)
            for near in cell.near:
                assert total(near.url) == near.count > 0
            filled += bool(cell.count)
    assert filled > STATES * 3


def test_all_conditions_of_the_search_hold_in_each_cell(known: list[Fact], db: None) -> None:
    chosen = "doelgroep=eerstelijn&jaar=2008-2014&soort=polarisatie"
    shown = gap_map(chosen, "vorm", "doelgroep")
    below = registers.current().facets["doelgroep"].options
    assert [below[one.value].parent for one in shown.columns.options][1:] == ["eerstelijn"] * (
        len(shown.columns.options) - 1
    )
    for _heading, cells in shown.lines:
        for cell in cells:
            query = read(urlsplit(cell.url).query)
            assert query.values("jaar") == ("2008-2014",)
            assert query.values("soort") == ("polarisatie",)
            assert cell.count <= shown.total


@pytest.mark.parametrize("text", ["", "&q=fictief"])
def test_comparable_municipalities_are_a_condition_in_each_cell(
    known: list[Fact], db: None, text: str
) -> None:
    every, shown = gap_map("", "soort", "gemeente"), None
    for place in registers.current().facets["gemeente"].options:
        shown = gap_map(f"vergelijkbaar={place}{text}", "soort", "gemeente")
        if shown.total:
            break
    assert shown
    assert 0 < shown.total < every.total
    for _heading, cells in shown.lines:
        for cell in cells[:6]:
            assert "vergelijkbaar=" in cell.url
            assert total(cell.url) == cell.count


def test_the_archive_stays_out_unless_it_is_asked_for(known: list[Fact], db: None) -> None:
    shown = gap_map("", "status", "vorm")
    assert {heading.label for heading, _cells in shown.lines} >= {"gearchiveerd"}
    for _heading, cells in shown.lines:
        assert total(cells[0].url) == cells[0].count


def test_following_cells_over_http_gives_their_counts(known: list[Fact], client: Client) -> None:
    page = client.get(GAPS, {"soort": "polarisatie"}).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    cells = re.findall(r'<td class="gap-map__filled[^>]*><a href="([^"]+)">(\d+)<', page)
    assert cells
    for address, count in cells[:10]:
        query = address.replace("&amp;", "&").partition("?")[2]
        assert "soort=polarisatie" in query
        assert client.get(f"/praktijken.json?{query}").json()["total"] == int(count)


def test_long_facets_show_the_most_frequent_and_the_page_says_so(
    known: list[Fact], client: Client
) -> None:
    shown = gap_map("", "gemeente", "leerdoel")
    assert (len(shown.rows.options), len(shown.columns.options)) == (MOST_ROWS, MOST_COLUMNS)
    counts = run(practice_reader(), Query(), shown.facets).answer.counts["gemeente"]
    least = min(counts[option.value] for option in shown.rows.options)
    others = set(counts) - {option.value for option in shown.rows.options}
    assert all(counts[value] <= least for value in others)
    page = client.get(GAPS, {"rij": "gemeente", "kolom": "leerdoel"}).content.decode()
    assert f"{MOST_ROWS} rijen en {MOST_COLUMNS} kolommen" in page
    assert "Niet alles past" not in client.get(GAPS).content.decode()
