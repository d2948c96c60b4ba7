"""The page of an official: from the gap map to what is considered, and what is refused."""

from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.admin.considerations import views
from practices.models import Consideration, IntroductionAnswer, Term
from practices.services.people.roles import ensure_municipality_group
from tests.mails import delivered
from tests.practices.services.considerations.conftest import (
    KEY,
    PAGE,
    Considers,
    browser,
    main_of,
    page_of,
)
from tests.practices.services.people.conftest import People

GAPS = "/praktijken/witte-vlekken/"
ATTACK = '"><script>alert(1)</script>'


@pytest.fixture
def practices(people: People) -> None:
    """So that there is a map: a practice beside the white spot."""
    from practices.indexes.practices import PRACTICES
    from search.indexing.rebuild import rebuild
    from tests.factories import PracticePageFactory

    PracticePageFactory(
        parent=people.page, terms={"formats": ["training"], "target_groups": ["kader"]}
    )
    rebuild(PRACTICES)


def send(person: Any, key: str = KEY, **data: Any) -> Any:
    return browser(person).post(f"{PAGE}?{key}", data)


def test_an_empty_cell_leads_an_official_to_the_page(people: People, practices: None) -> None:
    address = f"{PAGE}?doelgroep=kader&vorm=lunch"
    strangers = Client().get(GAPS).content.decode()
    assert strangers.count(f'href="{address.replace("&", "&amp;")}" rel="nofollow"') == 1
    login = Client().get(address)
    assert login["Location"].startswith("/beheer/login/?next=/beheer/overwegen/%3Fdoelgroep")
    page = page_of(people.official, address)
    assert "Kader × Lunch" in page
    html5lib.HTMLParser().parse(page)


def test_the_map_is_the_same_for_a_stranger_whatever_is_considered(
    people: People, practices: None, considers: Considers
) -> None:
    before = Client().get(GAPS).content
    considers(people.official, people.page.municipality)
    considers(people.other, people.other_page.municipality)
    assert Client().get(GAPS).content == before


@pytest.mark.parametrize("sides", ["rij=gemeente", "kolom=jaar", "rij=status&kolom=vorm"])
def test_who_and_when_are_nothing_to_consider(people: People, practices: None, sides: str) -> None:
    assert PAGE not in Client().get(f"{GAPS}?{sides}").content.decode()


def test_what_is_sent_is_kept_for_the_own_municipality(people: People) -> None:
    response = send(
        people.official, municipality=people.page.municipality.pk, note="Plan <b>2027</b>"
    )
    assert (response.status_code, response["Location"]) == (302, PAGE)
    row = Consideration.objects.get()
    assert (row.cell, row.municipality, row.made_by) == (
        KEY, people.page.municipality, people.official,
    )  # fmt: skip
    page = page_of(people.official)
    assert "Plan &lt;b&gt;2027&lt;/b&gt;" in page
    assert "toegevoegd door Kim de Vries" in page
    send(people.official, municipality=people.page.municipality.pk)
    assert Consideration.objects.count() == 1


def test_an_official_of_two_chooses_and_of_another_is_refused(people: People) -> None:
    other = people.other_page.municipality
    response = send(people.official, municipality=other.pk)
    assert response.status_code == 200
    assert not Consideration.objects.exists()
    people.official.groups.add(ensure_municipality_group(page=people.other_page))
    form = page_of(people.official, f"{PAGE}?{KEY}")
    assert form.count("<option") == 2
    send(people.official, municipality=other.pk)
    assert Consideration.objects.get().municipality == other


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"note": "a" * 301}, "hoogstens 300"),
        ({"note": "a\x00b"}, "Null"),
        ({"municipality": "x"}, "geldige"),
        ({"municipality": "1" * 400}, "geldige"),
        ({"municipality": ""}, "verplicht"),
    ],
)
def test_what_is_wrong_in_the_form_is_said(people: People, data: Any, said: str) -> None:
    sent = {"municipality": people.page.municipality.pk, **data}
    response = send(people.official, **sent)
    assert response.status_code == 200
    assert said.lower() in response.content.decode().lower()
    assert not Consideration.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        *("vorm=lunch", "vorm=lunch&doelgroep=onzin", "vorm=lunch&vorm=training"),
        *("vorm=lunch&vorm=training&doelgroep=kader", "vorm=lunch&gemeente=waterdam"),
        *("vorm=lunch&jaar=2009", "vorm=lunch&vergelijkbaar=waterdam", "q=lunch", "x=1"),
        *("vorm=%00&doelgroep=%FF", "vorm=" + "a" * 9_000, f"vorm={ATTACK}&doelgroep=kader"),
        *("trainerspaar=.&vorm=lunch", "vorm=lunch&doelgroep=kader&thema=duiden"),
    ],
)
def test_what_is_no_white_spot_is_said_and_not_kept(people: People, question: str) -> None:
    client = browser(people.official)
    page = client.get(PAGE, QUERY_STRING=question)
    assert page.status_code == 200
    assert "Dit is geen witte vlek die u kunt overwegen." in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    data = {"municipality": people.page.municipality.pk}
    sent = client.post(PAGE, data, QUERY_STRING=question, follow=True)
    assert "Er is niets toegevoegd." in sent.content.decode()
    assert not Consideration.objects.exists()


def test_what_is_not_understood_beside_a_white_spot_is_said(people: People) -> None:
    page = main_of(people.official, f"{PAGE}?{KEY}&utm=1&q=a&q=b")
    assert "Wij kennen het filter “utm” niet en hebben het weggelaten." in page
    assert "Kader × Lunch" in page


def test_a_former_value_leads_on(people: People) -> None:
    term = Term.objects.get(slug="lunch")
    term.slug = "lunchbijeenkomst"
    term.save()
    response = browser(people.official).get(f"{PAGE}?{KEY}")
    assert response["Location"] == f"{PAGE}?doelgroep=kader&vorm=lunchbijeenkomst"


def test_a_trainer_pair_can_be_considered(people: People) -> None:
    from tests.practices.indexes.pairs.conftest import expertise

    expertise("islam"), expertise("rechts")
    key = "trainerspaar=islam.rechts&vorm=lunch"
    send(people.official, key, municipality=people.page.municipality.pk)
    assert Consideration.objects.get().cell == key
    assert "Islam + Rechts × Lunch" in main_of(people.official)


@pytest.mark.parametrize("what", ["intrekken", "antwoord"])
def test_what_is_anothers_looks_like_what_does_not_exist(
    both: tuple[Consideration, Consideration], people: People, what: str
) -> None:
    theirs = both[1]
    key = IntroductionAnswer.objects.get(consideration=theirs).pk

    def post(number: int, **data: str) -> tuple[int, str]:
        path = f"{number}/intrekken/" if what == "intrekken" else f"antwoord/{number}/"
        response = browser(people.official).post(f"{PAGE}{path}", data)
        return response.status_code, response["Location"]

    number = theirs.pk if what == "intrekken" else key
    assert post(number, antwoord="ja") == post(900_001, antwoord="ja") == (302, "/beheer/")
    assert Consideration.objects.filter(pk=theirs.pk).exists()
    assert IntroductionAnswer.objects.get(pk=key).says == ""


@pytest.mark.parametrize("data", [{}, {"antwoord": "misschien"}, {"antwoord": ["", "\x00"]}])
def test_an_answer_that_is_none_is_said(
    both: tuple[Consideration, Consideration], people: People, data: Any
) -> None:
    key = IntroductionAnswer.objects.get(consideration=both[0]).pk
    response = browser(people.official).post(f"{PAGE}antwoord/{key}/", data, follow=True)
    assert "Kies ja of nee." in response.content.decode()
    assert IntroductionAnswer.objects.get(pk=key).says == ""


def test_who_has_no_address_can_not_be_introduced(
    both: tuple[Consideration, Consideration], people: People
) -> None:
    people.official.email = ""
    people.official.save()
    key = IntroductionAnswer.objects.get(consideration=both[0]).pk
    response = browser(people.official).post(
        f"{PAGE}antwoord/{key}/", {"antwoord": "ja"}, follow=True
    )
    assert "Uw account heeft geen e-mailadres." in response.content.decode()
    assert IntroductionAnswer.objects.get(pk=key).says == ""


def test_withdrawing_is_a_button(both: tuple[Consideration, Consideration], people: People) -> None:
    client = browser(people.official)
    assert client.get(f"{PAGE}{both[0].pk}/intrekken/").status_code == 405
    response = client.post(f"{PAGE}{both[0].pk}/intrekken/", follow=True)
    assert "Ingetrokken. Er wordt niets van bewaard." in response.content.decode()
    assert [row.pk for row in Consideration.objects.all()] == [both[1].pk]


def test_editors_see_how_many_there_are_and_nothing_else(
    both: tuple[Consideration, Consideration], people: People, admin_user: Any
) -> None:
    for person in (people.editor, admin_user):
        response = browser(person).get(PAGE)
        assert (response.status_code, response["Location"]) == (302, "/beheer/")
        response = browser(person).post(f"{PAGE}{both[0].pk}/intrekken/")
        assert response["Location"] == "/beheer/"
    home = main_of(people.editor, "/beheer/")
    assert "Witte vlekken die gemeenten overwegen 2" in home
    assert "Lunch" not in home
    assert Consideration.objects.count() == 2


def test_my_municipality_says_when_an_answer_is_waited_for(
    people: People, considers: Considers
) -> None:
    asked = "Een andere gemeente overweegt hetzelfde als de uwe."
    considers(people.official, people.page.municipality)
    assert asked not in main_of(people.official, "/beheer/")
    considers(people.other, people.other_page.municipality)
    assert asked in main_of(people.official, "/beheer/")
    key = IntroductionAnswer.objects.get(consideration__made_by=people.official).pk
    browser(people.official).post(f"{PAGE}antwoord/{key}/", {"antwoord": "nee"})
    assert asked not in main_of(people.official, "/beheer/")


def test_an_official_without_a_municipality_is_told_so(people: People) -> None:
    people.official.groups.remove(ensure_municipality_group(page=people.page))
    assert "Bij uw account hoort nog geen gemeente." in main_of(people.official, f"{PAGE}?{KEY}")
    send(people.official, municipality=people.page.municipality.pk)
    assert not Consideration.objects.exists()


def test_whoever_adds_very_often_waits(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "IN_AN_HOUR", 1)
    for _ in range(2):
        send(people.official, municipality=people.page.municipality.pk)
        Consideration.objects.all().delete()
    response = browser(people.official).post(
        f"{PAGE}?{KEY}", {"municipality": people.page.municipality.pk}, follow=True
    )
    assert "Wacht een uur" in response.content.decode()
    assert not Consideration.objects.exists()
    assert delivered() == []


def test_without_a_search_engine_it_is_considered_all_the_same(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engines.base import EngineError

    def away(*_args: Any) -> bool:
        raise EngineError("away")

    monkeypatch.setattr(views, "is_filled", away)
    assert "Kader × Lunch" in main_of(people.official, f"{PAGE}?{KEY}")
    send(people.official, municipality=people.page.municipality.pk)
    assert Consideration.objects.get().told_at is None


def test_the_page_costs_as_many_queries_for_one_as_for_many(
    people: People, considers: Considers
) -> None:
    for name in range(5):
        Term.objects.create(vocabulary="vorm", slug=f"v{name}", label=f"V{name}", definition="x")

    def queries() -> int:
        client = browser(people.official)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    considers(people.official, people.page.municipality, "doelgroep=kader&vorm=v0")
    one = queries()
    for name in range(1, 5):
        considers(people.official, people.page.municipality, f"doelgroep=kader&vorm=v{name}")
    assert queries() == one
