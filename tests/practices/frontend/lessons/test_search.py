"""The search for lessons, as a page and as JSON; bad input never gives a failure."""

from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client

from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from practices.services.moderation import archive
from search import engines
from search.indexing.rebuild import rebuild
from tests import indexes
from tests.factories import SignpostPageFactory
from tests.practices.frontend.lessons.conftest import Practice
from tests.practices.frontend.search.test_search_views import (
    NASTY_PAGES,
    NASTY_TEXTS,
    NASTY_YEARS,
    encoded,
    raw,
)
from tests.practices.services.moderation.conftest import World

THREE = (
    ("werkte", "Acteurs maakten het echt."),
    ("werkte_niet", "De groep was te groot."),
    ("tip", "Neem de tijd."),
)


@pytest.fixture
def site(practice: Practice) -> PracticePage:
    return practice(*THREE, title="Lunch over duiden", start_year=2009, terms={"formats": ["les"]})


def data(query: str = "") -> Any:
    return raw(Client(), "/lessen.json", query).json()


def texts(query: str = "") -> list[str]:
    return [result["text"] for result in data(query)["results"]]


def page(query: str = "") -> str:
    response = raw(Client(), "/lessen/", query)
    assert response.status_code == 200
    html: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


@pytest.mark.parametrize(
    ("kind", "text"), [("werkte", THREE[0][1]), ("werkte-niet", THREE[1][1]), ("tip", THREE[2][1])]
)
def test_lessons_are_found_by_their_kind(site: PracticePage, kind: str, text: str) -> None:
    assert texts(f"les={kind}") == [text]
    assert text in page(f"les={kind}")


def test_several_kinds_find_all_of_them(site: PracticePage) -> None:
    assert texts("les=werkte&les=tip") == [THREE[0][1], THREE[2][1]]


def test_lessons_have_all_facets_of_their_practices(site: PracticePage) -> None:
    rebuild(PRACTICES)
    practices = raw(Client(), "/praktijken.json", "").json()
    names = [facet["name"] for facet in data()["facets"]]
    assert names == ["les", *(facet["name"] for facet in practices["facets"])]
    assert len(texts("vorm=les&gemeente=gouda&jaar=2008-2010")) == 3
    assert texts("vorm=les&jaar=2010") == []


@pytest.mark.parametrize(
    "words", ["acteur", "duiden", "gouda", "les", "ACTEURS echt", '"maakten het echt"']
)
def test_words_of_the_lesson_title_terms_and_municipality_find_it(
    site: PracticePage, words: str
) -> None:
    assert THREE[0][1] in texts(encoded(q=words))


def test_words_of_the_lesson_itself_come_first(practice: Practice) -> None:
    practice(("tip", "Begin op tijd."), title="Acteurs in de klas")
    practice(("tip", "Vraag acteurs."), title="Een ochtend")
    assert texts("q=acteurs") == ["Vraag acteurs.", "Begin op tijd."]


def test_the_page_marks_words_and_leads_to_lesson_practice_and_municipality(
    site: PracticePage,
) -> None:
    html = page("q=acteurs")
    lesson = site.lessons.get(kind="werkte")
    assert "<mark>Acteurs</mark>" in html
    for address in (f"/lessen/{site.pk}-{lesson.key}/", site.url, "/gemeenten/gouda/"):
        assert f'href="{address}"' in html
    assert ">Werkte<" in html, "the kind stands there in words"
    assert 'rel="canonical" href="http://localhost:8000/lessen/?q=acteurs"' in html


def test_the_json_has_the_shape_that_is_promised(site: PracticePage) -> None:
    found = data("q=acteurs")
    assert list(found) == [
        *("total", "page", "pages", "results", "facets", "corrected", "relaxations", "notices")
    ]
    (result,) = found["results"]
    lesson = site.lessons.get(kind="werkte")
    assert result == {
        "id": f"{site.pk}-{lesson.key}",
        "kind": "werkte",
        "text": lesson.text,
        "url": f"/lessen/{site.pk}-{lesson.key}/",
        "practice": {"id": site.pk, "title": site.title, "url": site.url},
        "municipality": {
            "code": site.municipality.code,
            "name": "Gouda",
            "url": "/gemeenten/gouda/",
        },
        "opposite": None,
    }


def test_every_option_leads_to_a_search_for_lessons_with_its_number(site: PracticePage) -> None:
    for facet in data()["facets"]:
        for option in facet["options"]:
            address, _question, query = option["url"].partition("?")
            assert (address, data(query)["total"]) == ("/lessen/", option["count"]), option


def test_what_is_newest_comes_first_and_a_practice_keeps_its_order(practice: Practice) -> None:
    practice(("tip", "Een."), ("tip", "Twee."))
    newer = practice(("tip", "Drie."), ("tip", "Vier."))
    newer.first_published_at = newer.first_published_at.replace(year=2027)
    newer.save()
    rebuild(LESSONS)
    assert texts() == texts("sorteer=nieuwste") == ["Drie.", "Vier.", "Een.", "Twee."]


def test_pages_follow_each_other(practice: Practice) -> None:
    practice(*(("tip", f"Les {number}.") for number in range(45)))
    found = [text for number in (1, 2, 3) for text in texts(f"pagina={number}")]
    assert len({*found}) == 45
    assert "pagina=3" in page("pagina=2")
    assert data("pagina=9")["notices"]


@pytest.mark.parametrize("text", NASTY_TEXTS, ids=range(len(NASTY_TEXTS)))
def test_any_text_gets_an_answer(site: PracticePage, text: str) -> None:
    page(encoded(q=text))
    assert isinstance(data(encoded(q=text))["total"], int)


@pytest.mark.parametrize("number", NASTY_PAGES)
def test_any_page_number_gets_an_answer(site: PracticePage, number: str) -> None:
    page(encoded(pagina=number))
    assert bool(data(encoded(pagina=number))["notices"]) == bool(number.strip())


@pytest.mark.parametrize("year", NASTY_YEARS)
def test_any_year_gets_an_answer(site: PracticePage, year: str) -> None:
    page(encoded(jaar=year))


@pytest.mark.parametrize(
    "query", ["les=onzin", "les=werkte_niet", "les=%00", "les[]=tip", "p=1", "sorteer=x", "q=a&q=b"]
)
def test_what_is_not_understood_is_said(site: PracticePage, query: str) -> None:
    [notice] = data(query)["notices"]
    assert notice in page(query).replace("&#x27;", "'")


def test_a_kind_in_capitals_is_understood(site: PracticePage) -> None:
    assert texts("les=WERKTE-niet") == [THREE[1][1]]


@pytest.mark.parametrize("facet", ["les", "gemeente", "vergelijkbaar", "jaar", "thema"])
@pytest.mark.parametrize("text", ["", "\x00", "a" * 3000, "<script>"])
def test_all_options_of_a_facet_are_on_a_page(site: PracticePage, facet: str, text: str) -> None:
    response = raw(Client(), f"/lessen/kies/{facet}/", encoded(q="acteurs", zoek=text))
    assert response.status_code == 200
    html = response.content.decode()
    assert 'action="/praktijken/"' not in html.partition("<main")[2]


def test_an_unknown_facet_has_no_page(site: PracticePage) -> None:
    assert Client().get("/lessen/kies/onzin/").status_code == 404


def test_a_search_code_leads_to_its_wegwijzer(site: PracticePage) -> None:
    SignpostPageFactory(code="WW0109", slug="ww0109")
    assert raw(Client(), "/lessen/", "q=ww0109").headers["Location"] == "/wegwijzers/ww0109/"
    assert "WW9999" in page("q=WW9999")


def test_a_typing_error_is_corrected_and_as_typed_there_is_a_way_out(site: PracticePage) -> None:
    [corrected] = data("q=acteusr&les=werkte")["corrected"]
    assert corrected["word"] == "acteurs"
    assert data("q=acteusr")["total"] == data("q=acteurs")["total"] > 0
    found = data("q=%2Bacteusr&les=werkte")
    assert [one["url"] for one in found["relaxations"]] == ["/lessen/?les=werkte"]
    assert "Geen les past bij alles wat u vraagt." in page("q=%2Bacteusr&les=werkte")


def test_without_an_index_the_page_says_what_can_be_done(site_tree: Any) -> None:
    html = page("q=acteurs")
    assert "Zoeken lukt nu niet" in html
    assert 'action="/lessen/"' in html
    assert raw(Client(), "/lessen.json", "").status_code == 503
    assert Client().get("/lessen/kies/thema/").status_code == 200


def test_a_draft_and_what_became_private_is_not_shown_whatever_the_index_says(
    site: PracticePage,
) -> None:
    PracticePage.objects.filter(pk=site.pk).update(live=False)
    assert (texts(), data()["total"]) == ([], 3)


def test_the_archive_is_found_only_by_who_asks_for_it(world: World, practice: Practice) -> None:
    one = practice(*THREE)
    archive.retire(page=one, user=world["edith"], reason="Bestaat niet meer.")
    rebuild(LESSONS)
    assert (texts(), len(texts("status=gearchiveerd"))) == ([], 3)
    assert "gearchiveerd" in page("status=gearchiveerd")


def test_the_search_for_practices_leads_to_their_lessons_and_back(site: PracticePage) -> None:
    rebuild(PRACTICES)
    html = raw(Client(), "/praktijken/", "q=duiden&vorm=les").content.decode()
    assert 'href="/lessen/?q=duiden&amp;vorm=les"' in html
    assert 'href="/praktijken/?q=duiden&amp;vorm=les"' in page("q=duiden&vorm=les&les=tip")


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("query", ["", "q=acteurs", "q=acteurs&les=werkte&vorm=les"])
def test_a_search_asks_the_database_eight_questions_at_most(
    practice: Practice, django_assert_max_num_queries: Any, count: int, query: str
) -> None:
    for number in range(count):
        practice(
            ("werkte", f"Acteurs op het plein {number}."),
            ("werkte_niet", f"Acteurs op het plein: nummer {number}."),
            terms={"formats": ["les"], "working_methods": ["acteurs"]},
        )
    for path in ("/lessen/", "/lessen.json"):
        raw(Client(), path, query)
        with django_assert_max_num_queries(8):
            assert raw(Client(), path, query).status_code == 200


def test_where_the_engine_is_away_the_standby_finds_lessons(
    practice: Practice, tmp_path: Path, settings: Any
) -> None:
    practice(*THREE)
    settings.SEARCH_URL, settings.SEARCH_STANDBY = "http://127.0.0.1:9", str(tmp_path)
    indexes.forget()
    standby = engines.standby_for(LESSONS)
    rebuild(LESSONS, standby)
    assert len(texts("les=werkte")) == 1
    assert "reserve" in page()
