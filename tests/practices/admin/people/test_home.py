"""What officials and editors find when they come in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow

from practices.models import HistoryEntry, MunicipalityIndexPage, PracticePage, Role
from practices.models.roles import EDITORS
from practices.services.moderation.workflow import ensure_workflow
from practices.services.people.accounts import invite
from practices.services.people.roles import ensure_municipality_group
from practices.services.people.selectors import editors, officials
from tests.factories import PracticePageFactory
from tests.practices.services.people.conftest import People


@pytest.fixture
def review(people: People) -> Workflow:
    tree = MunicipalityIndexPage.objects.get()
    return ensure_workflow(tree=tree, editors=Group.objects.get(name=EDITORS))


def page_of(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get("/beheer/").content.decode()


def group_of(body: str, title: str) -> str:
    """The heading under which a practice stands."""
    before = body[: body.index(f">{title}</a>")]
    return re.findall(r'<h2 class="w-h2">\s*([^<]*?)\s*<', before)[-1]


def test_own_practices_stand_by_state_with_what_is_asked_and_missing(
    client: Client, people: People, review: Workflow
) -> None:
    make = PracticePageFactory
    author = people.official
    drafts = {
        name: make(parent=people.page, title=name, owner=author, draft=True)
        for name in ("Concept", "Ingediend stuk", "Teruggestuurd")
    }
    for page in drafts.values():
        page.save_revision(user=author)
    review.start(drafts["Ingediend stuk"], author)
    state = review.start(drafts["Teruggestuurd"], author)
    state.current_task_state.reject(user=people.editor, comment="Graag een les erbij.")
    make(parent=people.page, title="Openbaar stuk", last_published_at=timezone.now())
    make(
        parent=people.page, title="Oud stuk", last_published_at=timezone.now() - timedelta(days=800)
    )
    away = make(parent=people.page, title="Weg stuk", last_published_at=timezone.now())
    HistoryEntry.objects.create(
        page=away, kind=HistoryEntry.Kind.RETIRED, happened_at=timezone.now(), reason="Te oud."
    )
    newer = make(parent=people.page, title="Nieuwe versie", last_published_at=timezone.now())
    newer.save_revision(user=author)
    body = page_of(client, author)
    expected = {
        "Concept": "Concept",
        "Ingediend stuk": "Ingediend",
        "Teruggestuurd": "Wijzigingen gevraagd",
        "Nieuwe versie": "Gepubliceerd, met een nieuwer concept",
        "Openbaar stuk": "Gepubliceerd",
        "Oud stuk": "Controle nodig",
        "Weg stuk": "Gearchiveerd",
    }
    assert {title: group_of(body, title) for title in expected} == expected
    assert body.count("/klopt-nog/") == 1
    assert "Graag een les erbij." in body
    assert "Kies minstens één vorm." in body
    assert "een eerdere versie is openbaar" in body


def test_nothing_of_another_municipality_is_there(client: Client, people: People) -> None:
    PracticePageFactory(parent=people.other_page, title="Van een ander", draft=True)
    assert "Van een ander" not in page_of(client, people.official)
    assert "Van een ander" in page_of(client, people.other)


def test_the_menu_has_only_what_is_an_officials_own(client: Client, people: People) -> None:
    body = page_of(client, people.official)
    menu = body[body.index('id="wagtail-sidebar-props"') :].split("</script>")[0]
    assert "Mijn gemeente" in menu
    links = set(re.findall(r'"url": ?"(/beheer/[^"]*)"', menu))
    assert links == {"/beheer/", "/beheer/overwegen/", "/beheer/account/"}


def test_a_new_practice_goes_straight_to_the_form(client: Client, people: People) -> None:
    body = page_of(client, people.official)
    assert body.count("Nieuwe praktijk") == 1
    response = client.get("/beheer/nieuwe-praktijk/", follow=True)
    assert response.redirect_chain == [
        (f"/beheer/pages/add/practices/practicepage/{people.page.pk}/", 302)
    ]
    assert 'name="title"' in response.content.decode()


def test_who_writes_for_two_municipalities_chooses_one_first(
    client: Client, people: People
) -> None:
    people.official.groups.add(ensure_municipality_group(page=people.other_page))
    client.force_login(people.official)
    body = client.get("/beheer/nieuwe-praktijk/").content.decode()
    for page in (people.page, people.other_page):
        assert f"/beheer/pages/add/practices/practicepage/{page.pk}/" in body


def test_the_search_of_the_menu_looks_through_own_practices(client: Client, people: People) -> None:
    for title in ("Rollenspel", "Expertmeeting"):
        PracticePageFactory(parent=people.page, title=title)
    PracticePageFactory(parent=people.other_page, title="Rollenspel van een ander")
    client.force_login(people.official)
    body = client.get("/beheer/pages/search/?q=rollen", follow=True).content.decode()
    assert ">Rollenspel</a>" in body
    assert "Expertmeeting" not in body
    assert "van een ander" not in body


def test_who_has_no_municipality_is_told_whom_to_ask(client: Client, people: People) -> None:
    people.official.groups.remove(Group.objects.get(name="Gemeente Waterdam"))
    assert "Vraag de redactie om uw gemeente toe te voegen" in page_of(client, people.official)


def test_editors_see_what_waits(client: Client, people: People, review: Workflow) -> None:
    page = PracticePageFactory(parent=people.page, owner=people.official, draft=True)
    page.save_revision(user=people.official)
    review.start(page, people.official)
    client.force_login(people.editor)
    response = client.get("/beheer/")
    body = " ".join(response.content.decode().split())
    assert "Wat op u wacht" in body
    assert "Ingediend</a></dt><dd>1</dd>" in body
    assert "Open uitnodigingen</a></dt><dd>0</dd>" in body


OFFICIALS_FIRST = "Het begint met ambtenaren"
EDITORS_FIRST = "Het begint met twee redacteuren"


def test_a_site_without_practices_says_whom_to_invite(client: Client, people: People) -> None:
    for official in officials():
        official.delete()
    ada = User.objects.create_superuser("ada", "ada@voorbeeld.example")
    assert editors().count() == 1
    assert EDITORS_FIRST in page_of(client, ada)
    assert OFFICIALS_FIRST in page_of(client, people.editor)

    invite(email="eva@voorbeeld.example", role=Role.EDITOR, by=ada)
    body = page_of(client, ada)
    assert OFFICIALS_FIRST in body
    assert "Open uitnodigingen</a></dt><dd>1</dd>" in body
    body = page_of(client, people.editor)
    assert OFFICIALS_FIRST in body
    assert "Open uitnodigingen</a></dt><dd>0</dd>" in body

    invite(
        email="otto@waterdam.example", by=people.editor,
        municipalities=[people.page.municipality],
    )  # fmt: skip
    for user in (ada, people.editor):
        body = page_of(client, user)
        assert OFFICIALS_FIRST not in body
        assert EDITORS_FIRST not in body


def test_the_list_stays_quick_however_many_practices_there_are(
    client: Client, people: People, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        PracticePageFactory(parent=people.page, title=f"Openbaar {number}")
    client.force_login(people.official)
    with django_assert_max_num_queries(40):
        client.get("/beheer/")


def test_what_was_public_once_is_not_deleted(client: Client, people: People) -> None:
    once: PracticePage = PracticePageFactory(parent=people.page, live=False)
    never: PracticePage = PracticePageFactory(parent=people.page, draft=True, slug="nooit")
    for user in (people.official, people.editor):
        client.force_login(user)
        client.post(f"/beheer/pages/{once.pk}/delete/")
        assert PracticePage.objects.filter(pk=once.pk).exists()
    client.force_login(people.official)
    client.post(f"/beheer/pages/{never.pk}/delete/")
    assert not PracticePage.objects.filter(pk=never.pk).exists()
