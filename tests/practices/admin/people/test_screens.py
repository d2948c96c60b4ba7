"""The editors' screens about people, in a browser."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from practices.models import Invitation, PracticePage
from practices.services.people import accounts
from tests.factories import MunicipalityFactory, PracticePageFactory
from tests.mails import delivered
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
    assert delivered()[0].to == ["noor@waterdam.example"]
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


def test_a_mail_that_waits_is_told_and_can_be_sent_again(editor: Client, people: People) -> None:
    accounts.invite(
        email="noor@waterdam.example", municipalities=[people.page.municipality], by=people.editor
    )
    assert "de mail is nog niet verstuurd" in editor.get("/beheer/uitnodigingen/").content.decode()
    pk = Invitation.objects.get().pk
    editor.post(f"/beheer/uitnodigingen/{pk}/opnieuw/")
    assert len(delivered()) == 1, "the first, of which the link stopped working, is taken back"
    assert (
        "de mail is nog niet verstuurd" not in editor.get("/beheer/uitnodigingen/").content.decode()
    )
    editor.post(f"/beheer/uitnodigingen/{pk}/intrekken/")
    assert "ingetrokken" in editor.get("/beheer/uitnodigingen/").content.decode()


def test_an_address_is_invited_again_after_the_first_invitation_expired(editor: Client) -> None:
    sent = {"email": "noor@waterdam.example", "municipalities": "Waterdam"}
    for _time in range(3):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        assert editor.post("/beheer/uitnodigingen/nieuw/", sent).status_code == 302
    body = editor.get("/beheer/uitnodigingen/").content.decode()
    assert body.count(">noor@waterdam.example<") == 1
    assert [one.state for one in Invitation.objects.all()] == ["open", "withdrawn", "withdrawn"]


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


@pytest.fixture
def administrator(admin_user: User) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def accept(password: str) -> Client:
    """Somebody takes the link of the newest mail."""
    found = re.search(r"https?://[^/]+(/uitnodiging/\S+)", str(delivered()[-1].body))
    assert found
    client = Client()
    client.get(found[1])
    data = {"first_name": "Noor", "last_name": "Bos", "password": password, "again": password}
    assert client.post("/uitnodiging/", data).status_code == 302
    return client


def invite_as(client: Client, role: str, capture: Any, **more: str) -> Any:
    with capture(execute=True):
        return client.post(
            "/beheer/uitnodigingen/nieuw/",
            {"email": "noor@waterdam.example", "role": role, "municipalities": "", **more},
        )


@pytest.mark.parametrize(
    ("role", "may"), [("editor", "/beheer/beoordelen/"), ("administrator", "/beheer/users/")]
)
def test_an_administrator_invites_editors_and_administrators(
    administrator: Client, people: People, role: str, may: str,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    invite_as(administrator, role, django_capture_on_commit_callbacks)
    theirs = accept("fiets-langs-de-gracht-2026")
    assert theirs.get(may).status_code == 200
    user = User.objects.get(username="noor@waterdam.example")
    assert user.is_superuser == (role == "administrator")
    assert not user.groups.filter(name__startswith="Gemeente").exists()


def test_an_official_still_needs_a_municipality(
    administrator: Client, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    response = invite_as(administrator, "official", django_capture_on_commit_callbacks)
    assert "Noem minstens één gemeente" in response.content.decode()
    invite_as(
        administrator, "official", django_capture_on_commit_callbacks, municipalities="Waterdam"
    )
    assert Invitation.objects.get().municipalities.count() == 1


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_an_editor_invites_officials_only_whatever_the_form_sends(
    editor: Client, people: People, role: str, django_capture_on_commit_callbacks: Any
) -> None:
    assert 'name="role"' not in editor.get("/beheer/uitnodigingen/nieuw/").content.decode()
    invite_as(editor, role, django_capture_on_commit_callbacks)
    assert not Invitation.objects.exists()
    invite_as(editor, role, django_capture_on_commit_callbacks, municipalities="Waterdam")
    assert Invitation.objects.get().role == "official"


def test_an_editor_sees_and_touches_no_invitation_of_an_editor(
    administrator: Client, editor: Client, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    invite_as(administrator, "editor", django_capture_on_commit_callbacks)
    pk = Invitation.objects.get().pk
    assert "noor@waterdam.example" not in editor.get("/beheer/uitnodigingen/").content.decode()
    for action in ("intrekken", "opnieuw"):
        editor.post(f"/beheer/uitnodigingen/{pk}/{action}/")
    assert Invitation.objects.get().withdrawn_at is None
    assert len(delivered()) == 1
    administrator.post(f"/beheer/uitnodigingen/{pk}/intrekken/")
    assert Invitation.objects.get().withdrawn_at is not None


def test_who_has_the_role_already_is_not_invited_to_it(
    administrator: Client, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    response = invite_as(
        administrator, "editor", django_capture_on_commit_callbacks,
        email="redactie@voorbeeld.example",
    )  # fmt: skip
    assert "heeft deze rol al" in response.content.decode()
    assert not Invitation.objects.exists()
