"""Practices side by side: what is said of them, and of an address that asks for nonsense."""

import re
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.frontend.comparison import asked as comparison
from practices.frontend.comparison.presenter import TERMS, Comparison, Mark, compare
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory

COMPARE = "/praktijken/vergelijk/"


@pytest.fixture
def practices(db: None) -> list[PracticePage]:
    """Five practices: two that are filled in, one with little, two with nothing."""
    gouda = MunicipalityPageFactory(
        municipality=MunicipalityFactory(name="Gouda", slug="gouda", inhabitants=75_000)
    )
    ede = MunicipalityPageFactory(
        municipality=MunicipalityFactory(name="Ede", slug="ede", inhabitants=120_000)
    )
    return [
        PracticePageFactory(parent=gouda, title="Aan het werk", complete=True),
        PracticePageFactory(parent=ede, title="In de wijk", complete=True),
        PracticePageFactory(
            parent=ede, title="Op school", meetings=5, terms={"formats": ["formats-1"]}
        ),
        PracticePageFactory(parent=gouda, title="Vier"),
        PracticePageFactory(parent=gouda, title="Vijf"),
    ]


def asked(*pages: PracticePage) -> Comparison:
    return compare(comparison.Asked([page.pk for page in pages], []))


def marks(found: Comparison) -> dict[str, Mark]:
    return {row.label: row.mark for row in found.rows}


def address(*pages: PracticePage) -> str:
    return COMPARE + "?" + "&".join(f"p={page.pk}" for page in pages)


def html(client: Client, question: str) -> str:
    response = client.get(COMPARE, QUERY_STRING=question)
    assert response.status_code == 200
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_rows_say_what_is_the_same_what_differs_and_what_is_unknown(
    practices: list[PracticePage],
) -> None:
    full, other, little, *_rest = practices
    found = marks(asked(full, other))
    assert found["Inwoners"] is Mark.DIFFERENT
    assert found["Doelgroepen"] is Mark.SAME
    assert found["Aantal bijeenkomsten"] is Mark.SAME
    with_little = marks(asked(full, other, little))
    assert with_little["Aantal bijeenkomsten"] is Mark.DIFFERENT
    assert with_little["Vorm"] is Mark.DIFFERENT, "one of two formats is not the same"
    assert with_little["Doelgroepen"] is Mark.UNKNOWN


def test_differing_rows_come_first_then_the_same_then_the_unknown(
    practices: list[PracticePage],
) -> None:
    order = [row.mark for row in asked(*practices[:3]).rows]
    assert order == sorted(order, key=list(Mark).index)
    assert order[0] is Mark.DIFFERENT
    assert order[-1] is Mark.UNKNOWN
    assert Mark.SAME in order


def test_what_is_known_of_none_is_said_in_one_sentence(
    practices: list[PracticePage], client: Client
) -> None:
    page = html(client, address(*practices[3:]).partition("?")[2])
    assert re.search(r"Van geen van deze praktijken bekend: [^<]*Periode, Status", page)
    assert ">Periode <" not in page


def test_the_mark_of_a_row_is_text(practices: list[PracticePage], client: Client) -> None:
    page = html(client, address(*practices[:3]).partition("?")[2])
    for mark in ("verschilt", "gelijk", "deels onbekend"):
        assert re.search(rf'<th scope="row">[^<]+ <span class="mark[^>]+>{mark}</span></th>', page)
    assert '<span class="unknown">niet bekend</span>' in page


def test_the_table_can_be_scrolled_by_keyboard_and_has_headers(
    practices: list[PracticePage], client: Client
) -> None:
    page = html(client, address(*practices[:2]).partition("?")[2])
    assert (
        '<div class="wide-table" role="region" aria-labelledby="vergelijken" tabindex="0">' in page
    )
    assert page.count('<h1 id="vergelijken">') == 1
    assert page.count('<th scope="col">') == 3


def test_order_of_terms_makes_no_difference_and_many_terms_are_cut(
    practices: list[PracticePage],
) -> None:
    place = practices[0].get_parent().specific
    slugs = [f"groep-{number}" for number in range(TERMS + 3)]
    one = PracticePageFactory(parent=place, terms={"target_groups": slugs})
    two = PracticePageFactory(parent=place, terms={"target_groups": [*reversed(slugs)]})
    three = PracticePageFactory(parent=place, terms={"target_groups": slugs[:-1]})
    found = next(row for row in asked(one, two).rows if row.label == "Doelgroepen")
    assert found.mark is Mark.SAME
    assert [len(cell) for cell in found.cells] == [TERMS + 1] * 2
    assert found.cells[0][-1].label == "en nog 3"
    assert marks(asked(one, three))["Doelgroepen"] is Mark.DIFFERENT


def test_columns_stand_in_the_order_of_the_address_and_can_be_taken_out(
    practices: list[PracticePage], client: Client
) -> None:
    chosen = [practices[2], practices[0], practices[1]]
    found = asked(*chosen)
    assert [column.title for column in found.columns] == ["Op school", "Aan het werk", "In de wijk"]
    assert found.columns[1].without_url == address(practices[2], practices[1])
    page = html(client, address(*chosen).partition("?")[2])
    for column in found.columns:
        assert f'href="{column.without_url.replace("&", "&amp;")}"' in page
        assert f'href="{column.url}">{column.title}</a>' in page


def test_drafts_and_closed_pages_are_as_if_they_were_not_there(
    practices: list[PracticePage], client: Client
) -> None:
    closed = MunicipalityPageFactory()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    hidden = [
        PracticePageFactory(title="Geheim", draft=True),
        PracticePageFactory(title="Geheim", parent=closed),
    ]
    for page in hidden:
        shown = html(client, f"p={practices[0].pk}&p={practices[1].pk}&p={page.pk}")
        assert "1 gekozen praktijk bestaat niet of is niet openbaar." in shown
        assert "Geheim" not in shown
        assert 'class="comparison comparison--2"' in shown


def test_the_contacts_address_is_never_shown(practices: list[PracticePage], client: Client) -> None:
    assert "kim@" not in html(client, address(*practices[:2]).partition("?")[2])


def test_an_archived_practice_says_so(practices: list[PracticePage], client: Client) -> None:
    practices[0].history.create(kind="retired", reason="Voorbij", happened_at=timezone.now())
    page = html(client, address(*practices[:2]).partition("?")[2])
    assert '<span class="badge">gearchiveerd</span>' in page
    assert marks(asked(*practices[:2]))["Status"] is Mark.DIFFERENT


@pytest.mark.parametrize(
    ("values", "notice"),
    [
        (["abc"], "“abc” is geen nummer van een praktijk."),
        (["abc", "-1"], "“abc”, “-1” zijn geen nummers van praktijken."),
        (["0"], "“0” is geen nummer"),
        (["1e3"], "is geen nummer"),
        (["١٢"], "is geen nummer"),
        (["\x00\u202e"], "is geen nummer"),
        (["<script>alert(1)</script>"], "is geen nummer"),
        (["9" * 400], "is geen nummer"),
        (["99999999999999999999"], "is geen nummer"),
        (["999999999"], "1 gekozen praktijk bestaat niet of is niet openbaar."),
        (["7" + str(number) * 5 for number in range(9)], "9 gekozen praktijken bestaan niet"),
        (["a" + str(number) for number in range(9)], "en nog 6"),
    ],
)
def test_nonsense_is_said_and_the_page_tells_how_to_choose(
    db: None, client: Client, values: list[str], notice: str
) -> None:
    response = client.get(COMPARE, {"p": values})
    page = response.content.decode()
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(page)
    assert notice in page
    assert "<script>alert" not in page
    assert "Zet twee tot vier praktijken naast elkaar" in page
    assert '<a class="button button--quiet" href="/praktijken/">' in page


@pytest.mark.parametrize("question", ["", "p=", "p=%20&p=", "q=x"])
def test_an_empty_question_gives_no_notice(db: None, client: Client, question: str) -> None:
    page = html(client, question)
    assert 'class="notice"' not in page
    assert "Zet twee tot vier praktijken naast elkaar" in page


def test_bytes_that_are_no_text_are_no_failure(db: None, client: Client) -> None:
    assert "zijn geen nummers van praktijken." in html(client, "p=%ff%fe&p=%ED%A0%80")


def test_hundreds_of_values_are_no_failure(practices: list[PracticePage], client: Client) -> None:
    values = "&".join(f"p={practices[0].pk + number}" for number in range(900))
    assert "U kunt hoogstens 4 praktijken vergelijken." in html(client, values)


def test_one_practice_offers_what_to_compare_it_with(
    practices: list[PracticePage], client: Client
) -> None:
    page = html(client, f"p={practices[0].pk}")
    assert "U koos “Aan het werk” van Gouda." in page
    assert f'<input type="hidden" name="p" value="{practices[0].pk}">' in page
    assert f'<input type="checkbox" name="p" value="{practices[1].pk}">' in page
    assert f'href="/praktijken/?p={practices[0].pk}"' in page
    assert "<table" not in page


def test_five_practices_become_four(practices: list[PracticePage], client: Client) -> None:
    page = html(client, address(*practices).partition("?")[2])
    assert "U kunt hoogstens 4 praktijken vergelijken. U ziet de eerste 4." in page
    assert 'class="comparison comparison--4"' in page
    assert "Vijf" not in page
    assert "Zoek er een praktijk bij" not in page


def test_five_of_which_one_is_not_there_are_four(
    practices: list[PracticePage], client: Client
) -> None:
    page = html(client, "p=999999&" + address(*practices[:4]).partition("?")[2])
    assert "hoogstens" not in page
    assert 'class="comparison comparison--4"' in page


def test_a_double_is_shown_once(practices: list[PracticePage], client: Client) -> None:
    first, second, *_rest = practices
    page = html(client, f"p={first.pk}&p=0{first.pk}&p={second.pk}")
    assert "U koos een praktijk meer dan één keer. U ziet die één keer." in page
    assert 'class="comparison comparison--2"' in page


def test_what_people_type_is_text(practices: list[PracticePage], client: Client) -> None:
    attack = '"><script>alert(1)</script>'
    page = PracticePageFactory(
        parent=practices[0].get_parent().specific, title=attack, summary=attack, networks=attack
    )
    for question in (f"p={page.pk}", f"p={page.pk}&p={practices[0].pk}"):
        assert "<script>alert" not in html(client, question)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_however_many_practices_there_are_five_queries_at_most(
    practices: list[PracticePage], client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    client.get(address(*practices[:count]))
    with django_assert_max_num_queries(5):
        client.get(address(*practices[:count]))


def test_two_and_four_practices_cost_as_many_queries(
    practices: list[PracticePage], django_assert_num_queries: Any
) -> None:
    for count in (2, 3, 4):
        with django_assert_num_queries(3):
            assert asked(*practices[:count]).rows


def test_only_reading_is_allowed(db: None, client: Client) -> None:
    assert client.post(COMPARE).status_code == 405
    assert client.head(COMPARE).status_code == 200


def test_each_result_of_a_search_can_be_chosen_without_script(
    practices: list[PracticePage], client: Client
) -> None:
    rebuild(PRACTICES)
    page = client.get("/praktijken/").content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<form class="compare-bar" id="vergelijken" action="/praktijken/vergelijk/">' in page
    for practice in practices:
        box = f'<input type="checkbox" name="p" value="{practice.pk}" form="vergelijken">'
        assert page.count(box) == 1
        assert f'Vergelijk<span class="visually-hidden">: {practice.title}</span>' in page


def test_what_was_chosen_goes_along_while_searching(
    practices: list[PracticePage], client: Client
) -> None:
    rebuild(PRACTICES)
    first, second, *_rest = practices
    answer = client.get("/praktijken/", {"gemeente": "gouda", "p": [first.pk, second.pk]})
    page = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert 'class="notice"' not in page
    assert f'name="p" value="{first.pk}" form="vergelijken" checked>' in page
    compare_form = page.partition('id="vergelijken"')[2].partition("</form>")[0]
    assert f'<input type="hidden" name="p" value="{second.pk}">' in compare_form
    assert f'value="{first.pk}"' not in compare_form
    search_form = page.partition('id="zoekformulier"')[2].partition("</form>")[0]
    assert search_form.count('<input type="hidden" name="p"') == 2
    assert f'class="chip" href="/praktijken/?p={first.pk}&amp;p={second.pk}"' in page
    assert 'rel="canonical" href="http://localhost:8000/praktijken/?gemeente=gouda"' in page


@pytest.mark.parametrize("value", ["abc", "999999", "", "\x00", "9" * 400])
def test_nonsense_to_compare_leaves_a_search_as_it_is(
    practices: list[PracticePage], client: Client, value: str
) -> None:
    rebuild(PRACTICES)
    page = client.get("/praktijken/", {"p": value}).content.decode()
    assert 'class="notice"' not in page
    assert "Vink twee tot vier praktijken aan." in page


def test_a_practice_leads_to_its_comparison(practices: list[PracticePage], client: Client) -> None:
    page = client.get("/gemeenten/gouda/" + practices[0].slug + "/").content.decode()
    assert f'href="{COMPARE}?p={practices[0].pk}"' in page
