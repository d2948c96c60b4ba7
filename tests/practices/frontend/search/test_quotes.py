"""What practices say on a question stands above the list, word for word; of public ones only."""

import html5lib
import pytest
from django.test import Client

from practices.indexes.practices import PRACTICES
from practices.models import Lesson, PracticePage
from search.indexing.rebuild import rebuild
from tests.factories import MunicipalityFactory, MunicipalityPageFactory, PracticePageFactory

QUESTION = "hoe krijg je ouders naar een avond?"
LESSON = "Ouders kwamen naar de avond nadat <b>hun</b> kinderen hen vroegen."
HEADING = "Wat praktijken hierover zeggen"


@pytest.fixture
def practice(db: None) -> PracticePage:
    parent = MunicipalityPageFactory(municipality=MunicipalityFactory(name="Gouda", slug="gouda"))
    made: PracticePage = PracticePageFactory(parent=parent, title="Thee <i>en</i> taart")
    made.lessons.add(Lesson(kind=Lesson.Kind.WORKED, text=LESSON))
    made.save()
    PracticePageFactory(parent=parent, title="Ouders in de avond", summary="Niets meer.")
    rebuild(PRACTICES)
    return made


def page(client: Client, **asked: str) -> str:
    response = client.get("/praktijken/", asked)
    assert response.status_code == 200
    shown: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)
    return shown


def passages(client: Client, **asked: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/praktijken.json", asked).json()["passages"]
    return found


def test_a_passage_is_quoted_with_where_it_stands(practice: PracticePage, client: Client) -> None:
    assert passages(client, q=QUESTION) == [
        {
            "text": LESSON,
            "practice": {"id": practice.pk, "title": practice.title, "url": practice.url},
            "municipality": {
                "code": practice.municipality.code,
                "name": "Gouda",
                "url": "/gemeenten/gouda/",
            },
        }
    ]
    shown = page(client, q=QUESTION)
    section = shown[shown.index(HEADING) :]
    assert "&lt;b&gt;<mark>" not in section
    assert "<mark>Ouders</mark> kwamen naar de <mark>avond</mark> nadat &lt;b&gt;hun" in section
    assert f'Gouda: <a href="{practice.url}">Thee &lt;i&gt;en&lt;/i&gt; taart</a>' in section
    assert shown.index(HEADING) < shown.index('<ol class="results">')


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "ouders avond"},
        {"q": QUESTION, "sorteer": "nieuwste"},
        {"q": "hoe bak je een appeltaart?"},
        {},
    ],
)
def test_where_no_question_is_answered_nothing_is_quoted(
    practice: PracticePage, client: Client, asked: dict[str, str]
) -> None:
    assert passages(client, **asked) == []
    assert HEADING not in page(client, **asked)


def test_only_the_first_page_quotes(practice: PracticePage, client: Client) -> None:
    for number in range(24):
        page_of_many = PracticePageFactory(parent=practice.get_parent(), title=f"Thee {number}")
        page_of_many.lessons.add(Lesson(kind=Lesson.Kind.WORKED, text=LESSON))
        page_of_many.save()
    rebuild(PRACTICES)
    assert passages(client, q=QUESTION)
    second = client.get("/praktijken.json", {"q": QUESTION, "pagina": "2"}).json()
    assert second["page"] == 2
    assert second["results"]
    assert second["passages"] == []


def test_what_is_no_longer_public_is_not_quoted(practice: PracticePage, client: Client) -> None:
    # The index does not hear of it.
    PracticePage.objects.filter(pk=practice.pk).update(live=False)
    assert passages(client, q=QUESTION) == []
    assert HEADING not in page(client, q=QUESTION)


def test_a_fictional_practice_is_quoted_as_one(practice: PracticePage, client: Client) -> None:
    PracticePage.objects.filter(pk=practice.pk).update(is_fictional=True)
    shown = page(client, q=QUESTION)
    assert "fictief" in shown[shown.index(HEADING) : shown.index('<ol class="results">')]
