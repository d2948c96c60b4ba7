import html
import json
import re

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from practices.models import Lesson, PracticePage
from tests.factories import (
    MunicipalityFactory,
    MunicipalityPageFactory,
    PracticePageFactory,
    PublishedPageFactory,
    SignpostPageFactory,
    SiteTree,
    TermFactory,
)


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(body)
    return body


def visible(body: str) -> str:
    """The text of a page, as somebody reads it."""
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", body, flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


FILLED = [
    "Een samenvatting van wat er is gedaan.",
    "Zo ging het.",
    *("2007–2009", "2 dagdelen", "12", "144", "Formats 1", "Compositions 2", "Working methods 1"),
    *("Deliveries 2", "Target groups 1", "Radicalisation types 2", "Themes 1", "Policy fields 2"),
    *("Het zorgnetwerk van de stad.", "Spanning tussen groepen jongeren."),
    *("Bureau Een", "Bureau Twee", "Rust.", "Expertise 1", "Uitvoering 1"),
    *("Leerdoel 1", "Met een vragenlijst.", "Met een gesprek."),
    *("Dit werkte goed.", "Dit werkte niet.", "Begin op tijd."),
    *("Deelnemers waren tevreden.", "Draaiboek", "Verslag", "Kim de Vries", "Beleidsmedewerker"),
]


def test_a_practice_shows_every_field(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True)
    SignpostPageFactory(practices=[page], title="Waar denkt u aan?")
    body = get(client, page.url)
    text = visible(body)
    for piece in [*FILLED, page.title, page.municipality.name, "Waar denkt u aan?"]:
        assert piece in text, piece
    for partner in page.partner_municipalities.all():
        assert partner.name in text


def test_what_is_unknown_says_so_and_nothing_is_invented(
    client: Client, site_tree: SiteTree
) -> None:
    body = get(client, PracticePageFactory(summary="", approach="").url)
    assert body.count('class="unknown"') >= 30
    assert "None" not in visible(body)


@pytest.mark.parametrize(
    ("kinds", "heading", "shown"),
    [
        ((), "Wat werkte", ["niet bekend"]),
        (("tip", "werkte_niet", "werkte"), "Wat werkte", ["les 2"]),
        (("tip", "werkte_niet"), "Werkte niet", ["les 1"]),
        (("tip", "tip"), "Tip", ["les 0", "les 1"]),
        (("werkte",) * 4, "Wat werkte", ["les 0", "les 1", "les 2"]),
    ],
)
def test_the_brief_tells_what_is_known_of_what_worked_first(
    client: Client, site_tree: SiteTree, kinds: tuple[str, ...], heading: str, shown: list[str]
) -> None:
    page = PracticePageFactory()
    page.lessons = [Lesson(kind=kind, text=f"les {number}") for number, kind in enumerate(kinds)]
    page.save_revision().publish()
    brief = BeautifulSoup(get(client, page.url), "html.parser").select_one(".brief__worked")
    assert brief is not None
    assert [part.get_text() for part in brief.select("h3, li, .unknown")] == [heading, *shown]


def test_the_email_address_of_a_contact_is_nowhere(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True)
    assert "kim@gemeente.example" not in get(client, page.url)
    assert "kim@gemeente.example" not in get(client, f"{page.url}contact/")


def test_a_practice_without_address_offers_no_form(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory()
    assert "/contact/" not in get(client, page.url)
    assert client.get(f"{page.url}contact/").status_code == 404


def test_a_complete_practice_takes_at_most_ten_queries_cold(
    client: Client, site_tree: SiteTree
) -> None:
    other = PracticePageFactory(complete=True)
    signpost = SignpostPageFactory()
    municipality = MunicipalityFactory(name="'s-Gravenhage", aliases=["Den Haag"])
    page = PracticePageFactory(
        complete=True, parent=MunicipalityPageFactory(municipality=municipality)
    )
    links = "".join(f'<a linktype="page" id="{one.pk}">x</a>' for one in (other, signpost))
    page.approach = page.evaluation = f"<p>{links}</p>"
    page.save()
    signpost.practices = [page]
    signpost.save()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        body = get(client, page.url)
    assert other.url in body
    assert len(queries) <= 10, [query["sql"] for query in queries]


def test_a_practice_is_not_sent_again_while_it_stays_the_same(
    client: Client, site_tree: SiteTree
) -> None:
    page = PracticePageFactory(complete=True)
    etag = client.get(page.url).headers["ETag"]
    assert client.get(page.url, headers={"If-None-Match": etag}).status_code == 304


def test_a_fictional_practice_is_clearly_marked(client: Client, site_tree: SiteTree) -> None:
    body = get(client, PracticePageFactory(fictional=True).url)
    assert "notice--warning" in body
    assert '<meta name="robots" content="noindex">' in body
    assert "notice--warning" not in get(client, PracticePageFactory().url)


def test_json_ld_cannot_break_out_of_its_element(client: Client, site_tree: SiteTree) -> None:
    title = "</script><script>alert(1)</script> & <!-- <script>"
    page = PracticePageFactory(title=title, slug="aanval")
    body = get(client, page.url)
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert json.loads(data)["headline"] == title
    assert body.count("<script") == 2, "its own, and that of the search box"


def test_what_authors_type_is_text(client: Client, site_tree: SiteTree) -> None:
    attack = "<img src=x onerror=alert(1)>"
    page = PracticePageFactory(complete=True, title=attack, slug="tekst", summary=attack)
    page.networks = page.local_stakes = page.contact_name = page.contact_function = attack
    for part in [*page.lessons.all(), *page.goal_outcomes.all(), *page.trainers.all()]:
        for field in ("text", "measure", "organisation", "brought"):
            if hasattr(part, field):
                setattr(part, field, attack)
    page.save()
    TermFactory._meta.model.objects.update(label=attack, definition=attack)
    assert "<img src=x" not in get(client, page.url)
    assert "<img src=x" not in get(client, page.get_parent().url)


def test_a_draft_is_not_found(client: Client, site_tree: SiteTree) -> None:
    page = PracticePageFactory(draft=True)
    assert client.get(page.url).status_code == 404
    PracticePage.objects.filter(pk=page.pk).update(contact_email="kim@gemeente.example")
    assert client.get(f"{page.url}contact/").status_code == 404


def test_a_restricted_practice_asks_for_its_password_first(
    client: Client, site_tree: SiteTree
) -> None:
    page = PracticePageFactory(complete=True)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    body = get(client, page.url)
    assert page.title not in body
    assert client.get(f"{page.url}contact/").status_code == 404
    address = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    client.post(address, {"password": "geheim", "return_url": page.url})
    assert page.title in get(client, page.url)


@pytest.mark.parametrize(
    "factory", [MunicipalityPageFactory, PracticePageFactory, SignpostPageFactory]
)
def test_a_page_is_at_its_fixed_address(
    client: Client, site_tree: SiteTree, factory: type[PublishedPageFactory]
) -> None:
    page = factory()
    body = get(client, page.url)
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]*)">', body)
    assert canonical == f"http://localhost:8000{page.url}"


def test_a_preview_shows_what_is_not_saved(site_tree: SiteTree) -> None:
    page = PracticePageFactory(complete=True, draft=True)
    page.title = "Nog niet bewaard"
    page.formats = [TermFactory(slug="nieuwe-vorm")]
    page.lessons = list(page.lessons.all())[:1]
    response = page.make_preview_request()
    text = visible(response.render().content.decode())
    assert "Nog niet bewaard" in text
    assert "Nieuwe vorm" in text
    assert "Formats 1" not in text
    assert "Begin op tijd." not in text


def test_a_new_practice_can_be_previewed_before_it_exists(site_tree: SiteTree) -> None:
    parent = MunicipalityPageFactory()
    page = PracticePage(title="Helemaal nieuw", slug="nieuw")
    page.path = Page._get_path(parent.path, parent.depth + 1, 1)
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    text = visible(page.make_preview_request().render().content.decode())
    assert "Helemaal nieuw" in text
    assert parent.municipality.name in text


def test_a_municipality_shows_facts_source_practices_and_neighbours(
    client: Client, site_tree: SiteTree
) -> None:
    neighbour, silent = PracticePageFactory(), MunicipalityPageFactory()
    municipality = MunicipalityFactory(
        name="'s-Gravenhage",
        aliases=["Den Haag"],
        neighbours=[neighbour.municipality, silent.municipality],
        inhabitants=552_995,
    )
    page = MunicipalityPageFactory(municipality=municipality, introduction="<p>Welkom.</p>")
    practice = PracticePageFactory(parent=page)
    PracticePageFactory(parent=page, draft=True, title="Geheim concept")
    text = visible(get(client, page.url))
    for piece in ("'s-Gravenhage (Den Haag)", "552.995", "1 januari 2022", "CBS", "Welkom."):
        assert piece in text
    assert practice.title in text
    assert "Geheim concept" not in text
    assert neighbour.municipality.name in text
    assert silent.municipality.name not in text


def test_a_municipality_that_shared_nothing_has_a_page_with_what_those_like_it_did(
    client: Client, site_tree: SiteTree
) -> None:
    same = {"province": "PV28", "inhabitants": 70_000, "urbanity": 2}
    silent = MunicipalityFactory(name="Gouda", **same)
    alike = PracticePageFactory(
        parent=MunicipalityPageFactory(municipality=MunicipalityFactory(name="Delft", **same)),
        title="Delft leert vragen stellen",
    )
    PracticePageFactory(parent=alike.get_parent().specific, draft=True, title="Geheim concept")
    merged = MunicipalityFactory(name="Reeuwijk", merged_into=silent)
    body = get(client, "/gemeenten/gouda/")
    text = visible(body)
    for piece in ("Gouda", "70.000", "nog geen praktijk gedeeld", alike.title, "Doe mee"):
        assert piece in text
    assert 'href="/invulformulier/"' in body
    assert "Geheim concept" not in text
    assert client.get("/gemeenten/nergens/").status_code == 404
    assert client.get(f"/gemeenten/{merged.slug}/").headers["Location"] == "/gemeenten/gouda/"
    assert 'href="/gemeenten/gouda/"' in get(client, "/gemeenten/")
    MunicipalityPageFactory(municipality=silent, live=False)
    assert get(client, "/gemeenten/gouda/") == body, (
        "nobody learns of a page that is no longer public"
    )


def test_a_municipality_stands_under_both_letters_that_people_look_for(
    client: Client, site_tree: SiteTree
) -> None:
    municipality = MunicipalityFactory(name="'s-Gravenhage", aliases=["Den Haag"])
    MunicipalityPageFactory(municipality=municipality)
    body = get(client, "/gemeenten/")
    assert re.findall(r'id="letter-(.)"', body) == ["d", "g"]
    assert "Den Haag (&#x27;s-Gravenhage)" in body


def test_the_list_of_municipalities_takes_as_many_queries_however_many_there_are(
    client: Client, site_tree: SiteTree
) -> None:
    def queries() -> int:
        client.get("/gemeenten/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/gemeenten/")
        return len(captured)

    MunicipalityPageFactory()
    one = queries()
    for _ in range(20):
        MunicipalityPageFactory()
    assert queries() == one


def test_a_signpost_shows_its_documents_links_and_practices(
    client: Client, site_tree: SiteTree
) -> None:
    practice, draft = PracticePageFactory(complete=True), PracticePageFactory(draft=True)
    page = SignpostPageFactory(code="WW0109", practices=[practice, draft])
    page.publications.create(title="Reageren", publisher="FORUM", year=2009, where="bij Nuansa")
    page.links.create(title="Meer lezen", url="https://voorbeeld.example/")
    page.documents.create(document=practice.documents.first().document)
    page.save()
    for address in (page.url, "/wegwijzers/WW0109/"):
        text = visible(get(client, address))
        for piece in ("Reageren", "FORUM, 2009", "bij Nuansa", "Meer lezen", "Draaiboek"):
            assert piece in text
        assert practice.title in text
        assert draft.title not in text


def test_lists_say_when_they_are_empty(client: Client, site_tree: SiteTree) -> None:
    for address in ("/", "/gemeenten/", "/wegwijzers/"):
        assert "<ul" in get(client, address)
