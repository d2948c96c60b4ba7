"""Whatever stands in an address: an answer with what to say about it, never a failure."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import html5lib
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage, Vocabulary
from search.indexing.rebuild import rebuild
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    TermFactory,
)

OK, REFUSED = 200, (400, 414)

NASTY_TEXTS = [
    "\x00",
    "a\x00b\x07\x1b[31m",
    '"',
    "'",
    '"""',
    '"half',
    "-",
    "- - -",
    "--",
    "-wijk",
    "AND OR NOT",
    "AND",
    'title: "a* NEAR(',
    "titel:wijk^4 ~2 [a TO z] {!lucene} _exists_:x",
    "/.*(a+)+$/",
    "*",
    "?*~",
    "\\",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "\u202eevil\u202c",
    "👩‍👩‍👧‍👦 🇳🇱",
    "\ud800",
    "مرحبا بالعالم",
    "a" * 100_000,
    " ".join(["wijk"] * 20_000),
    "WW",
    "WW01091",
    "é" * 600,
    "ﬁﬂ Ⅷ ①",
]
NASTY_PAGES = ["-1", "0", "abc", "999999999", "1e9", "\u0661", "", " ", "1" * 400, "2"]
NASTY_YEARS = [
    "2012-2008",
    "0",
    "-",
    "abc",
    "99999",
    "-2010",
    "2010-",
    "2010-2010",
    "1-2-3",
    "\u0662\u0660",
]


@pytest.fixture
def site(db: None) -> list[PracticePage]:
    """Three practices in one municipality."""
    page = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    practices = [
        PracticePageFactory(
            parent=page,
            title=f"Wijkoverleg {number}",
            start_year=2009,
            terms={"formats": ["training"]},
        )
        for number in range(3)
    ]
    rebuild(PRACTICES)
    return practices


def raw(client: Client, path: str, query: str) -> Any:
    return client.get(path, QUERY_STRING=query)


def encoded(**parameters: Any) -> str:
    """A query string in which lone surrogates are bytes that no text has."""
    return urlencode(parameters, doseq=True, errors="surrogatepass")


def check_shape(data: Any) -> None:
    """Exactly the shape that outsiders were promised."""
    assert list(data) == [
        *("total", "page", "pages", "results", "facets", "corrected", "relaxations", "notices"),
        "understood",
        "passages",
    ]
    for result in data["results"]:
        assert list(result) == [
            *("id", "title", "url", "summary", "municipality", "highlights", "missing")
        ]
        assert list(result["municipality"]) == ["code", "name", "url"]
        assert result["url"].startswith("/gemeenten/")
        assert all(isinstance(highlight, str) for highlight in result["highlights"])
    names = [facet["name"] for facet in data["facets"]]
    names.remove("vergelijkbaar")  # the one facet that is no field of the index
    assert names == [*PRACTICES.facets]
    for facet in data["facets"]:
        assert list(facet) == ["name", "label", "options"]
        check_options(facet["options"])
    for offer in data["understood"]:
        assert list(offer) == ["name", "value", "label", "count", "url"]
        assert offer["count"] > 0
    for corrected in data["corrected"]:
        assert list(corrected) == ["typed", "word", "url"]
    for relaxation in data["relaxations"]:
        assert list(relaxation) == ["label", "url", "total"]
        assert relaxation["total"] > 0
    assert all(isinstance(notice, str) and notice for notice in data["notices"])


def check_options(options: list[dict[str, Any]]) -> None:
    for option in options:
        assert list(option)[:5] == ["value", "label", "count", "selected", "url"]
        assert option["count"] > 0 or option["selected"] or option.get("children")
        assert option["url"].startswith("/praktijken/")
        check_options(option.get("children", []))


def notices(client: Client, query: str) -> list[str]:
    """What JSON says about a query that it and the page answer."""
    page, data = raw(client, "/praktijken/", query), raw(client, "/praktijken.json", query)
    assert (page.status_code, data.status_code) == (OK, OK)
    found = data.json()
    check_shape(found)
    shown = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)
    assert all(json.dumps(notice) for notice in found["notices"])
    return list(found["notices"])


@pytest.mark.parametrize("text", NASTY_TEXTS, ids=range(len(NASTY_TEXTS)))
def test_any_text_gets_an_answer(site: list[PracticePage], client: Client, text: str) -> None:
    notices(client, encoded(q=text))


@pytest.mark.parametrize("text", ["a" * 100_000, " ".join(["wijk"] * 20_000)])
def test_a_long_text_is_cut_and_said(site: list[PracticePage], client: Client, text: str) -> None:
    assert any("512" in notice for notice in notices(client, encoded(q=text)))


@pytest.mark.parametrize("text", ["a\x00b", "wijk\x07"])
def test_characters_that_cannot_be_read_are_left_out_and_said(
    site: list[PracticePage], client: Client, text: str
) -> None:
    assert notices(client, encoded(q=text))


@pytest.mark.parametrize("page", NASTY_PAGES)
def test_any_page_number_gets_an_answer(
    site: list[PracticePage], client: Client, page: str
) -> None:
    said = notices(client, encoded(pagina=page))
    assert bool(said) == bool(page.strip())


@pytest.mark.parametrize("year", NASTY_YEARS)
def test_any_year_gets_an_answer(site: list[PracticePage], client: Client, year: str) -> None:
    said = notices(client, encoded(jaar=year))
    assert bool(said) == (year not in ("-2010", "2010-", "2010-2010"))


def test_a_range_upside_down_is_turned(site: list[PracticePage], client: Client) -> None:
    found = raw(client, "/praktijken.json", "jaar=2012-2008").json()
    assert (found["total"], len(found["notices"])) == (3, 1)


def test_the_fields_of_the_form_make_a_range(site: list[PracticePage], client: Client) -> None:
    found = raw(client, "/praktijken.json", "jaar_van=2008&jaar_tot=2010&q=&sorteer=").json()
    assert (found["total"], found["notices"]) == (3, [])
    assert raw(client, "/praktijken.json", "jaar_van=2010&jaar_tot=").json()["total"] == 0


@pytest.mark.parametrize(
    "query",
    ["utm=1", "vorm=onzin", "vorm[]=training", "sorteer=prijs", "q=a&q=b", "pagina=1&pagina=x"],
)
def test_what_is_not_understood_is_said(
    site: list[PracticePage], client: Client, query: str
) -> None:
    assert notices(client, query)


def test_five_hundred_values_are_cut_and_said(site: list[PracticePage], client: Client) -> None:
    for number in range(60):
        TermFactory(vocabulary=Vocabulary.THEME, slug=f"thema-{number}")
    registers.forget()
    many = encoded(thema=[f"thema-{number % 60}" for number in range(500)])
    assert any("50" in notice for notice in notices(client, many))
    assert notices(client, encoded(thema=[f"onzin-{number}" for number in range(500)]))


def test_too_many_parameters_are_refused_in_dutch(client: Client, db: None) -> None:
    response = raw(client, "/praktijken/", "&".join(f"a{number}=1" for number in range(2_000)))
    assert response.status_code in REFUSED
    assert 'lang="nl"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%FF%FE", "%00=%00", "vorm=%00", "&&&=&="]
)
def test_broken_bytes_get_an_answer(site: list[PracticePage], client: Client, query: str) -> None:
    notices(client, query)


@pytest.mark.parametrize("path", ["/zoek/", "/praktijken/kies/gemeente/", "/praktijken/kies/jaar/"])
@pytest.mark.parametrize("text", NASTY_TEXTS[:24])
def test_the_other_boxes_get_an_answer(
    site: list[PracticePage], client: Client, path: str, text: str
) -> None:
    response = raw(client, path, encoded(q=text, zoek=text))
    assert response.status_code in (OK, 302)


def test_an_unknown_facet_has_no_page(site: list[PracticePage], client: Client) -> None:
    assert client.get("/praktijken/kies/onzin/").status_code == 404


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pairs=st.lists(
        st.tuples(
            st.one_of(
                st.sampled_from(["q", "pagina", "sorteer", "jaar", "jaar_van", "vorm", "gemeente"]),
                st.text(max_size=10),
            ),
            st.text(max_size=60),
        ),
        max_size=8,
    )
)
def test_any_query_string_gets_an_answer(
    site: list[PracticePage], client: Client, pairs: list[tuple[str, str]]
) -> None:
    query = "&".join(
        f"{quote(name, errors='surrogatepass')}={quote(value, errors='surrogatepass')}"
        for name, value in pairs
    )
    for path in ("/praktijken/", "/praktijken.json"):
        response = raw(client, path, query)
        assert response.status_code in (OK, 302), (path, query)


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("query", ["", "q=wijk", "q=wijk&vorm=training&jaar=2009"])
def test_a_search_asks_the_database_four_questions_at_most(
    db: None, client: Client, django_assert_max_num_queries: Any, count: int, query: str
) -> None:
    page = MunicipalityPageFactory()
    for number in range(count):
        PracticePageFactory(
            parent=page, title=f"Wijk {number}", start_year=2009, terms={"formats": ["training"]}
        )
    rebuild(PRACTICES)
    for path in ("/praktijken/", "/praktijken.json"):
        raw(client, path, query)
        with django_assert_max_num_queries(4):
            assert raw(client, path, query).status_code == OK


def test_what_the_database_no_longer_shows_is_not_shown(
    site: list[PracticePage], client: Client
) -> None:
    first, *others = site
    PracticePage.objects.filter(pk=first.pk).update(live=False)
    found = raw(client, "/praktijken.json", "q=wijkoverleg").json()["results"]
    assert {result["id"] for result in found} == {page.pk for page in others}


def test_a_typing_error_is_corrected_and_there_is_a_way_back(
    site: list[PracticePage], client: Client
) -> None:
    found = raw(client, "/praktijken.json", "q=wijkoverlge&vorm=training").json()
    back = "/praktijken/?q=%2Bwijkoverlge&vorm=training"
    assert found["total"] == 3
    assert found["corrected"] == [{"typed": "wijkoverlge", "word": "wijkoverleg", "url": back}]
    as_typed = client.get(back.replace("/praktijken/", "/praktijken.json")).json()
    assert (as_typed["total"], as_typed["corrected"]) == (0, [])
    (relaxation,) = as_typed["relaxations"]
    assert (relaxation["url"], relaxation["total"]) == ("/praktijken/?vorm=training", 3)


@pytest.mark.parametrize(
    "path",
    ["/praktijken.csv", "/praktijken.atom", "/praktijken/kaart/", "/praktijken/witte-vlekken/"],
)
def test_every_form_of_a_search_finds_what_the_corrected_text_finds(
    site: list[PracticePage], client: Client, path: str
) -> None:
    wrong, right = (
        b"".join(raw(client, path, f"q={word}")).decode() for word in ("wijkoverlge", "wijkoverleg")
    )
    titles = [page.title for page in site]
    assert [title in wrong for title in titles] == [title in right for title in titles]
    assert len(wrong) == len(right)


def test_who_follows_a_corrected_search_follows_the_right_word(
    site: list[PracticePage], client: Client
) -> None:
    shown = raw(client, "/praktijken/", "q=wijkoverlge").content.decode()
    assert 'href="/volgen/?q=wijkoverleg"' in shown


def test_a_contact_address_is_in_no_answer(site: list[PracticePage], client: Client) -> None:
    page = site[0]
    page.contact_email = "wim@gouda.example"
    page.contact_name = "Wim"
    page.save()
    rebuild(PRACTICES)
    for path in (
        "/praktijken/",
        "/praktijken.json",
        "/gemeenten/gouda/",
        "/gemeenten/gouda/wijkoverleg-0/",
    ):
        assert "wim@gouda" not in client.get(path).content.decode()
    assert client.get("/praktijken.json?q=wim@gouda.example").json()["total"] == 0
