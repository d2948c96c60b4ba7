"""The whole site in one search."""

import re

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.models import EditorialPage
from practices.indexes import registers
from practices.indexes.lessons import LESSONS
from practices.indexes.practices import PRACTICES
from practices.models import Lesson, PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    SignpostPageFactory,
    SiteTree,
    TermFactory,
)


@pytest.fixture
def site(site_tree: SiteTree) -> PracticePage:
    gouda = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda"))
    TermFactory(vocabulary="doelgroep", slug="moskeeen", label="Moskeeën", definition="Imams.")
    page: PracticePage = PracticePageFactory(parent=gouda, title="In gesprek met de moskee")
    page.lessons.add(Lesson(kind=Lesson.Kind.WORKED, text="De moskee koos zelf de plek."))
    page.save()
    PracticePageFactory(parent=gouda, title="Geheim over de moskee", draft=True)
    SignpostPageFactory(code="WW0110", title="Werken met de moskee")
    SignpostPageFactory(code="WW0111", title="Geheim over de moskee", draft=True)
    for title in ("Over de moskee", "Geheim over de moskee"):
        site_tree.home.add_child(instance=EditorialPage(title=title, body="<p>Tekst.</p>"))
    secret = EditorialPage.objects.get(title="Geheim over de moskee")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    registers.forget()
    rebuild(PRACTICES)
    rebuild(LESSONS)
    return page


def found(client: Client, text: str) -> dict[str, list[str]]:
    """For each kind the addresses that are shown of it."""
    response = client.get("/zoek/", {"q": text})
    assert response.status_code == 200
    body = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(body)
    assert "Geheim" not in body
    sections = BeautifulSoup(body, "html.parser").select("main section")
    return {
        re.sub(r" \(.*", "", str(one.h2.get_text(" ", strip=True))): [
            str(link["href"]) for link in one.select(".hits a")
        ]
        for one in sections
        if one.h2
    }


def test_each_kind_stands_under_its_own_name(site: PracticePage, client: Client) -> None:
    groups = found(client, "moskee")
    [key] = Lesson.objects.values_list("key", flat=True)
    assert {name.split(" ")[0]: urls for name, urls in groups.items()} == {
        "Praktijken": [site.url],
        "Lessen": [f"/lessen/{site.pk}-{key}/"],
        "Begrippen": ["/praktijken/?doelgroep=moskeeen"],
        "WegWijzers": ["/wegwijzers/ww0110/"],
        "Pagina's": ["/over-de-moskee/"],
    }


def test_a_municipality_is_found_by_its_name_in_a_sentence(
    site: PracticePage, client: Client
) -> None:
    for text in ("wat doet gouda", "Gou"):
        groups = found(client, text)
        assert ["/gemeenten/gouda/"] in groups.values(), text


def test_what_lacks_a_word_says_so(site: PracticePage, client: Client) -> None:
    body = client.get("/zoek/", {"q": "moskee vliegtuig"}).content.decode()
    assert "Zonder: vliegtuig" in body


def test_where_there_is_nothing_the_page_says_so(site: PracticePage, client: Client) -> None:
    response = client.get("/zoek/", {"q": "appeltaart"})
    assert "Niets op deze site gaat over deze woorden." in response.content.decode()


def test_a_text_is_text(site: PracticePage, client: Client) -> None:
    body = client.get("/zoek/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in body


def test_a_code_leads_to_its_overview(site: PracticePage, client: Client) -> None:
    assert client.get("/zoek/", {"q": "ww 01 10"}).headers["Location"] == "/wegwijzers/ww0110/"


def test_who_asks_nothing_gets_the_box(site: PracticePage, client: Client) -> None:
    body = client.get("/zoek/", {"q": " "}).content.decode()
    assert "Niets op deze site" not in body
    assert 'href="/praktijken/"' in body


def test_it_takes_few_queries_however_much_there_is(site: PracticePage, client: Client) -> None:
    def queries() -> int:
        found(client, "moskee")
        with CaptureQueriesContext(connection) as captured:
            found(client, "moskee")
        return len(captured)

    one = queries()
    for number in range(8):
        PracticePageFactory(title=f"De moskee {number}")
        SignpostPageFactory(code=f"WW02{number}0", title=f"De moskee {number}")
    call_command("search_rebuild", verbosity=0)
    assert queries() <= one <= 12
