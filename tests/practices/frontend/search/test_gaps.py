"""The gap map: what it shows, and what it says of wrong values."""

from typing import Any

import html5lib
import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from practices.frontend.search.gaps import DEFAULT, ROW, crossable, read_sides
from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage, Term
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityPageFactory, PracticePageFactory, TermFactory
from tests.practices.frontend.search.gap_maps import gap_map

GAPS = "/praktijken/witte-vlekken/"


@pytest.fixture
def few(db: None) -> None:
    """Two filled cells, and two that are empty."""
    for slug in ("training", "lunch"):
        TermFactory(vocabulary="vorm", slug=slug)
    TermFactory(vocabulary="doelgroep", slug="kader")
    place = MunicipalityPageFactory()
    for number in range(3):
        PracticePageFactory(
            parent=place,
            terms={
                "formats": ["training"],
                "target_groups": ["onderwijs"] if number else ["onderwijs", "kader"],
            },
        )
    rebuild(PRACTICES)


def test_an_empty_cell_offers_the_fullest_of_its_row_and_column(few: None) -> None:
    shown = gap_map("", "vorm", "doelgroep")
    cells = {cell.label: cell for _heading, cells in shown.lines for cell in cells}
    assert {label: cell.count for label, cell in cells.items()} == {
        "Training × Onderwijs": 3,
        "Training × Kader": 1,
        "Lunch × Onderwijs": 0,
        "Lunch × Kader": 0,
    }
    assert [near.label for near in cells["Lunch × Onderwijs"].near] == ["Training × Onderwijs"]
    assert [near.count for near in cells["Lunch × Kader"].near] == [1]
    assert cells["Training × Kader"].near == ()
    assert shown.gaps == 2


def test_an_empty_cell_offers_a_mail_on_its_first_practice(few: None, client: Client) -> None:
    html = client.get(GAPS).content.decode()
    address = "/volgen/?doelgroep=onderwijs&vorm=lunch"
    assert f'href="{escape(address)}"' in html
    form = client.get(address).content.decode()
    assert "Praktijken: Onderwijs, Lunch" in form


def test_a_retired_term_without_practices_is_no_gap(few: None) -> None:
    Term.objects.filter(slug="lunch").update(is_active=False)
    registers.forget()
    assert [option.value for option in gap_map("", "vorm", "doelgroep").rows.options] == [
        "training"
    ]


def test_a_broader_term_leads_to_what_stands_below_it(few: None, client: Client) -> None:
    broad = Term.objects.get(slug="onderwijs")
    TermFactory(vocabulary="doelgroep", slug="mbo", parent=broad)
    page = client.get(GAPS, {"q": "praktijk"}).content.decode()
    address = f"{GAPS}?q=praktijk&amp;doelgroep=onderwijs&amp;rij=vorm&amp;kolom=doelgroep"
    assert f'<a href="{address}">Onderwijs</a>' in page
    below = client.get(address.replace("&amp;", "&")).content.decode()
    assert '<th scope="col">Mbo</th>' in below
    assert '<th scope="col">Kader</th>' not in below


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("rij=onzin", "Wij kennen het kenmerk “onzin” niet. U ziet nu “Vorm”."),
        ("kolom=%00%ff%E2%80%AE", "Wij kennen het kenmerk"),
        ("rij=" + "a" * 5000, "Wij kennen het kenmerk"),
        ("rij=<script>alert(1)</script>", "Wij kennen het kenmerk"),
        ("rij=q", "Wij kennen het kenmerk"),
        ("rij=vergelijkbaar", "Wij kennen het kenmerk"),
        ("rij=vorm&kolom=vorm", "Kies twee verschillende kenmerken."),
        ("rij=doelgroep", "Kies twee verschillende kenmerken."),
        ("kolom=vorm", "Kies twee verschillende kenmerken."),
        ("rij=soort&rij=vorm", "meer dan één keer"),
        ("vorm=onzin", "Vorm: wij kennen"),
        ("onzin=1", "wij kennen"),
    ],
)
def test_wrong_values_are_said_and_the_map_is_there(
    few: None, client: Client, question: str, notice: str
) -> None:
    response = client.get(GAPS, QUERY_STRING=question)
    page = response.content.decode()
    assert response.status_code == 200
    assert notice.casefold() in page.casefold()
    assert "<script>alert" not in page
    html5lib.HTMLParser(strict=True).parse(page)
    assert 'class="gap-map"' in page


@pytest.mark.parametrize(
    "question", ["", "rij=", "rij=%20", "pagina=7", "rij=SOORT", "sorteer=jaar"]
)
def test_what_says_nothing_wrong_gives_no_notice(few: None, client: Client, question: str) -> None:
    response = client.get(GAPS, QUERY_STRING=question)
    assert response.status_code == 200
    assert 'class="notice"' not in response.content.decode()


def test_what_has_no_values_in_the_index_is_no_side(few: None, client: Client) -> None:
    facets = registers.current().facets
    row, _column, notices = read_sides(QueryDict("rij=vergelijkbaar"), facets)
    assert (row, len(notices)) == (DEFAULT[ROW], 1)
    assert 'value="vergelijkbaar"' not in client.get(GAPS).content.decode()


def test_any_two_facets_make_a_map(few: None) -> None:
    facets = crossable(registers.current().facets)
    for row in facets:
        for column in facets:
            found = read_sides(QueryDict(f"rij={row}&kolom={column}"), facets)
            assert found[0] == row
            assert found[1] != row
            assert gap_map("", *found[:2]).total == 3


def test_a_search_without_practices_or_without_these_facets_says_so(
    few: None, client: Client
) -> None:
    nothing = client.get(GAPS, {"q": "zzzz"}).content.decode()
    assert "Geen enkele praktijk" in nothing or "Geen praktijk" in nothing
    assert "gap-map" not in nothing
    unknown = client.get(GAPS, {"rij": "jaar"}).content.decode()
    assert "“Jaar” of “Doelgroep” niet bekend" in unknown
    assert "gap-map" not in unknown


def test_the_map_asks_the_database_no_more_than_the_search_does(
    few: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(GAPS)
    with django_assert_max_num_queries(1):
        client.get(GAPS, {"vorm": "training"})


def test_without_an_index_the_map_leads_to_the_municipalities(db: None, client: Client) -> None:
    MunicipalityPageFactory()
    page = client.get(GAPS).content.decode()
    assert "Waterdam" in page


def test_the_search_leads_to_its_map_and_back(few: None, client: Client) -> None:
    page = client.get("/praktijken/", {"vorm": "training", "pagina": "1"}).content.decode()
    assert f'href="{GAPS}?vorm=training"' in page
    back = client.get(GAPS, {"vorm": "training", "rij": "soort"}).content.decode()
    assert 'href="/praktijken/?vorm=training"' in back


def test_former_values_lead_on_with_both_facets(few: None, client: Client) -> None:
    term = Term.objects.get(slug="training")
    term.slug = "cursus"
    term.save()
    response = client.get(GAPS, {"vorm": "training", "rij": "soort"})
    assert response.status_code == 301
    assert response.headers["Location"] == f"{GAPS}?rij=soort&vorm=cursus"


def test_only_reading_is_allowed(few: None, client: Client) -> None:
    assert client.post(GAPS).status_code == 405
    assert client.head(GAPS).status_code == 200


def test_the_archive_is_counted_only_where_it_is_asked_for(few: None, client: Client) -> None:
    page = PracticePage.objects.first()
    page.history.create(kind="retired", reason="Voorbij", happened_at=timezone.now())
    rebuild(PRACTICES)

    def counts(text: str, row: str) -> dict[str, int]:
        lines = gap_map(text, row, "doelgroep").lines
        return {cell.label: cell.count for _heading, cells in lines for cell in cells}

    assert counts("", "vorm")["Training × Onderwijs"] == 2
    assert counts("status=gearchiveerd", "vorm")["Training × Onderwijs"] == 1
    assert counts("", "status")["gearchiveerd × Onderwijs"] == 1
