"""The editors' screens about people, in a browser."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from practices.models import Invitation, PracticePage
from practices.services.people import accounts
from tests.factories import MunicipalityFactory, PracticePageFactory
from tests.practices.services.people.conftest import PASSWORD, People


@pytest.fixture
def editor(client: Client, people: People) -> Client:
    client.force_login(people.editor)
    return client


def test_an_editor_invites_and_sees_the_invitation_in_the_list(
    editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(
            "/beheer/uitnodigingen/nieuw/",
            {"email": "Noor@Waterdam.example", "municipalities": "waterdam\nPolderstad"},
        )
    assert response.status_code == 302
    assert mail.outbox[0].to == ["noor@waterdam.example"]
    body = editor.get("/beheer/uitnodigingen/").content.decode()
    assert "noor@waterdam.example" in body
    assert "Polderstad, Waterdam" in body


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "geen adres", "municipalities": "Waterdam"}, "geldig e-mailadres"),
        ({"email": "noor@waterdam.example", "municipalities": "Nergenshuizen"}, "Nergenshuizen"),
        ({"email": "noor@waterdam.example", "municipalities": ""}, "verplicht"),
        ({"email": "redactie@voorbeeld.example", "municipalities": "Waterdam"}, "redacteur"),
        ({"email": "KIM@voorbeeld.example", "municipalities": "Waterdam"}, "schrijft al voor"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_nothing_typed_is_lost(
    editor: Client, sent: dict[str, str], said: str
) -> None:
    body = editor.post("/beheer/uitnodigingen/nieuw/", sent).content.decode()
    assert said in body
    assert sent["email"] in body
    assert sent["municipalities"] in body
    assert not Invitation.objects.exists()


def test_a_mail_that_fails_is_told_and_can_be_sent_again(
    editor: Client, people: People, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    accounts.invite(
        email="noor@waterdam.example", municipalities=[people.page.municipality], by=people.editor
    )
    assert "de mail is niet verstuurd" in editor.get("/beheer/uitnodigingen/").content.decode()
    pk = Invitation.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"/beheer/uitnodigingen/{pk}/opnieuw/")
    assert len(mail.outbox) == 1
    assert "de mail is niet verstuurd" not in editor.get("/beheer/uitnodigingen/").content.decode()
    editor.post(f"/beheer/uitnodigingen/{pk}/intrekken/")
    assert "ingetrokken" in editor.get("/beheer/uitnodigingen/").content.decode()


def test_an_official_who_leaves_is_out_at_once_and_the_pages_stay(
    editor: Client, people: People
) -> None:
    practice: PracticePage = PracticePageFactory(parent=people.page, owner=people.official)
    theirs = Client()
    assert theirs.login(username="kim@voorbeeld.example", password=PASSWORD)
    assert theirs.get("/beheer/").status_code == 200
    response = editor.post(f"/beheer/ambtenaren/{people.official.pk}/uitzetten/")
    assert response.status_code == 302
    assert theirs.get("/beheer/").status_code == 302
    assert not Client().login(username="kim@voorbeeld.example", password=PASSWORD)
    assert PracticePage.objects.get(pk=practice.pk).owner == people.official
    assert Client().get(practice.url).status_code == 200
    assert "uitgezet" in editor.get("/beheer/ambtenaren/").content.decode()


def test_who_is_let_in_again_has_to_log_in_again(editor: Client, people: People) -> None:
    theirs = Client()
    theirs.force_login(people.official)
    bystander = Client()
    bystander.force_login(people.other)
    editor.post(f"/beheer/ambtenaren/{people.official.pk}/uitzetten/")
    editor.post(f"/beheer/ambtenaren/{people.official.pk}/aanzetten/")
    assert theirs.get("/beheer/").status_code == 302
    assert Client().login(username="kim@voorbeeld.example", password=PASSWORD)
    assert bystander.get("/beheer/").status_code == 200


def test_municipalities_are_added_and_removed(editor: Client, people: People) -> None:
    MunicipalityFactory(name="Nieuwkoop")
    address = f"/beheer/ambtenaren/{people.official.pk}/gemeenten/"
    assert ">Waterdam</textarea>" in editor.get(address).content.decode().replace("\n", "")
    editor.post(address, {"municipalities": "Polderstad\nNieuwkoop"})
    official = User.objects.get(pk=people.official.pk)
    assert people.other_page.permissions_for_user(official).can_add_subpage()
    assert not people.page.permissions_for_user(official).can_add_subpage()
    names = set(official.groups.values_list("name", flat=True))
    assert names == {"Gemeenteambtenaren", "Gemeente Polderstad", "Gemeente Nieuwkoop"}
    editor.post(address, {"municipalities": ""})
    assert "Zonder gemeente" in editor.get("/beheer/ambtenaren/").content.decode()


def test_the_list_of_officials_tells_who_and_when_but_no_address(
    editor: Client, people: People
) -> None:
    User.objects.filter(pk=people.official.pk).update(
        last_login=datetime(2026, 3, 4, 12, tzinfo=UTC)
    )
    body = editor.get("/beheer/ambtenaren/").content.decode()
    assert body.index(">Polderstad<") < body.index("Sam de Vries") < body.index(">Waterdam<")
    assert body.index(">Waterdam<") < body.index("Kim de Vries")
    assert "Zonder gemeente" not in body
    assert "4 maart 2026" in body
    assert "kim@voorbeeld.example" not in body


def test_editors_and_administrators_are_not_managed_here(
    editor: Client, people: People, admin_user: User
) -> None:
    for person in (people.editor, admin_user):
        for action in ("uitzetten", "aanzetten", "gemeenten"):
            response = editor.post(f"/beheer/ambtenaren/{person.pk}/{action}/")
            assert response.status_code == 404
        assert User.objects.get(pk=person.pk).is_active


def test_an_official_sees_none_of_it(client: Client, people: People) -> None:
    client.force_login(people.official)
    for address in (
        "uitnodigingen/", "uitnodigingen/nieuw/", "ambtenaren/",
        f"ambtenaren/{people.other.pk}/gemeenten/",
    ):  # fmt: skip
        response: Any = client.get(f"/beheer/{address}")
        assert (response.status_code, response.url) == (302, "/beheer/")
    client.post(f"/beheer/ambtenaren/{people.other.pk}/uitzetten/")
    assert User.objects.get(pk=people.other.pk).is_active
