"""The page of a lesson at its lasting address, and the line to cite it by."""

import re
from html import unescape
from typing import Any

import html5lib
import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from practices.indexes.lessons import LESSONS
from practices.models import Lesson, PracticePage
from practices.services.moderation import archive
from search.engines import engine_for
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.indexes import lose
from tests.practices.frontend.lessons.conftest import Practice
from tests.practices.models.test_lesson_keys import form, publish, save
from tests.practices.services.moderation.conftest import World

LONG = (
    "Neem de tijd voor vragen, want wie haast heeft, hoort niet wat er werkelijk speelt in de wijk."
)


def address(page: PracticePage, text: str) -> str:
    return f"/lessen/{page.pk}-{Lesson.objects.get(page=page, text=text).key}/"


def html(url: str, status: int = 200) -> str:
    response = Client().get(url)
    assert response.status_code == status
    text: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def words(text: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", text)).split())


@pytest.fixture
def page(practice: Practice) -> PracticePage:
    return practice(
        ("werkte", LONG),
        ("tip", "Begin klein."),
        title="Lunch over duiden",
        group_size=12,
        terms={"formats": ["training"], "target_groups": ["jongerenwerk"]},
    )


def test_it_shows_the_lesson_and_its_context(page: PracticePage) -> None:
    text = html(address(page, LONG))
    shown = words(text)
    for known in (LONG, "Werkte", "training", "jongerenwerk", "12 deelnemers", "75.000 inwoners"):
        assert known in shown
    assert f'href="{page.url}"' in text
    assert 'href="/gemeenten/gouda/"' in text
    assert f'href="{address(page, "Begin klein.")}"' in text


def test_it_has_one_address_a_title_and_a_description(page: PracticePage) -> None:
    text = html(address(page, LONG))
    assert f'rel="canonical" href="http://localhost:8000{address(page, LONG)}"' in text
    assert "<title>Werkte: Neem de tijd voor vragen" in text
    assert "Een les van gemeente Gouda, uit “Lunch over duiden”." in unescape(text)


def test_the_citation_has_author_title_year_site_address_and_day(page: PracticePage) -> None:
    found = re.search(r'class="citation">([^<]*)<', html(address(page, LONG)))
    assert found, "the line is plain text, to copy"
    assert unescape(found[1]) == (
        "Gemeente Gouda (2026). Werkte: “Neem de tijd voor vragen, want wie haast heeft, hoort niet"
        " wat er wer…”. In: Lunch over duiden. WegWijzer. "
        f"http://localhost:8000{address(page, LONG)} (laatst gewijzigd op 4 maart 2026)"
    )


def test_the_address_stays_when_the_practice_is_edited_and_published_again(world: World) -> None:
    page = world.published()
    url = address(page, "Begin op tijd.")
    data = form(world, page)
    [name] = [name for name, value in data.items() if value == ["Begin op tijd."]]
    save(world, page, data | {name: "Begin op tijd, en met weinig mensen."})
    publish(world, page)
    assert "en met weinig mensen" in html(url)


@pytest.mark.parametrize(
    "reference",
    [
        "x", "1", "-", "1-", "0-bbbbbb", "01-bbbbbb", "1-BBBBB", "1-bbbbbbb", "1-aaaaaa",
        "99999999999999999999-bbbbbb", "999999999-bbbbbb", "%00", "%ED%A0%80", "1-%00bbbbb",
        "1-bbbbbb%2f..", "\u0661-bbbbbb", "a" * 3000, "' OR 1=1 --", "<script>alert(1)<",
    ],
)  # fmt: skip
def test_an_address_of_nothing_says_so_and_helps(page: PracticePage, reference: str) -> None:
    response = Client().get(f"/lessen/{reference}/")
    assert response.status_code in (400, 404)
    assert 'lang="nl"' in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()


def test_a_lesson_that_is_gone_leads_to_its_practice_and_the_search(page: PracticePage) -> None:
    url = address(page, LONG)
    Lesson.objects.get(text=LONG).delete()
    text = html(url, 404)
    for help_ in ("Deze les staat hier niet", f'href="{page.url}"', 'action="/lessen/"'):
        assert help_ in text
    assert "noindex" in text


def test_a_lesson_of_a_draft_or_a_private_practice_is_not_there(page: PracticePage) -> None:
    url = address(page, LONG)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert page.title not in html(url, 404)
    restriction.delete()
    assert LONG in html(url)
    PracticePage.objects.filter(pk=page.pk).update(live=False)
    assert page.title not in html(url, 404)


def test_a_lesson_of_a_draft_looks_like_one_that_never_was(page: PracticePage) -> None:
    page.lessons = [*page.lessons.all(), Lesson(kind="tip", text="Nog geheim.")]
    page.save_revision()
    [secret] = [one.key for one in page.lessons.all() if one.text == "Nog geheim."]
    assert html(f"/lessen/{page.pk}-{secret}/", 404) == html(f"/lessen/{page.pk}-bbbbbb/", 404)


def test_capitals_lead_to_the_address_itself(page: PracticePage) -> None:
    url = address(page, LONG)
    response = Client().get(f"/lessen/{url.split('/')[2].upper()}/")
    assert (response.status_code, response.headers["Location"]) == (301, url)


def test_a_lesson_of_an_archived_practice_is_marked(world: World, page: PracticePage) -> None:
    archive.retire(page=page, user=world["edith"], reason="Bestaat niet meer.")
    assert "staat in het archief" in html(address(page, LONG))


def test_a_fictional_lesson_says_so_everywhere_and_is_for_no_search_engine(
    practice: Practice,
) -> None:
    page = practice(("tip", "Verzin iets."), fictional=True)
    text = html(address(page, "Verzin iets."))
    assert "Deze praktijk is fictief" in text
    assert "[fictief]" in text
    assert "noindex" in text


def test_without_an_engine_the_lesson_is_there_and_says_what_is_not(page: PracticePage) -> None:
    lose(engine_for(LESSONS))
    text = html(address(page, LONG))
    assert LONG in words(text)
    assert "kunnen nu niet zoeken naar lessen die het tegendeel zeggen" in text


def test_a_tip_has_no_opposite_and_asks_no_engine(page: PracticePage) -> None:
    lose(engine_for(LESSONS))
    assert "tegendeel" not in html(address(page, "Begin klein."))


def test_the_page_of_a_practice_leads_to_its_lessons(page: PracticePage) -> None:
    text = html(page.url)
    key = Lesson.objects.get(text=LONG).key
    assert f'id="les-{key}"' in text
    assert f'href="{address(page, LONG)}"' in text


def test_no_contact_address_is_on_it(practice: Practice) -> None:
    page = practice(("tip", "Bel."), contact_name="Kim", contact_email="kim@gouda.example")
    assert "kim@gouda" not in html(address(page, "Bel."))


def test_text_is_text(practice: Practice) -> None:
    page = practice(("tip", "<b>Let op</b> & door\nmet elkaar"), title="<i>Praktijk</i>")
    text = html(address(page, "<b>Let op</b> & door\nmet elkaar"))
    assert "<b>Let op" not in text
    assert "<i>Praktijk" not in text


def test_the_sitemap_has_lessons_of_public_practices_only(practice: Practice) -> None:
    shown = practice(("tip", "Begin klein."))
    hidden = practice(("tip", "Verzin iets."), fictional=True)
    draft = PracticePageFactory(draft=True)
    Lesson.objects.create(page=draft, kind="tip", text="Wacht.")
    index = Client().get("/sitemap.xml").content.decode()
    assert "<loc>http://localhost:8000/sitemap-lessen.xml</loc>" in index
    text = Client().get("/sitemap-lessen.xml").content.decode()
    assert f"<loc>http://localhost:8000{address(shown, 'Begin klein.')}</loc>" in text
    assert address(hidden, "Verzin iets.") not in text
    assert address(draft, "Wacht.") not in text
    assert "/lessen/</loc>" in Client().get("/sitemap-zoeken.xml").content.decode()
    assert Client().get("/sitemap-onzin.xml").status_code == 404


def test_the_menu_leads_to_lessons(page: PracticePage) -> None:
    rebuild(LESSONS)
    assert '<a href="/lessen/" aria-current="true">' in html(address(page, LONG))
    assert '<a href="/lessen/">' in html("/gemeenten/")


def test_it_asks_the_database_ten_questions_at_most(
    page: PracticePage, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    for _number in range(15):
        practice(("werkte_niet", "Er was geen tijd voor vragen uit de wijk."))
    html(address(page, LONG))
    with django_assert_max_num_queries(10):
        assert "Elders werkte dit niet" in html(address(page, LONG))
