import logging
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection

from practices.models import (
    Invitation,
    InvitationState,
    Municipality,
    MunicipalityGroup,
    QueuedMail,
    Role,
)
from practices.models.roles import OFFICIALS
from practices.services.people import accounts
from practices.services.people.accounts import InvitationError
from practices.services.people.tokens import hashed, signed
from tests.factories import MunicipalityFactory
from tests.mails import delivered
from tests.practices.services.people.conftest import PASSWORD, People

ADDRESS = "noor@waterdam.example"
GOOD = {
    "first_name": "Noor",
    "last_name": "Bakker",
    "password": "drie blauwe fietsen in de regen",
    "again": "drie blauwe fietsen in de regen",
}


class Invite:
    """Invites, and reads the link from the mail."""

    def __init__(self, people: People, capture: Any) -> None:
        self.people = people
        self.capture = capture

    def __call__(self, *names: str, email: str = ADDRESS) -> str:
        chosen = [
            Municipality.objects.filter(name=name).first() or MunicipalityFactory(name=name)
            for name in names or ("Waterdam",)
        ]
        with self.capture(execute=True):
            accounts.invite(email=email, municipalities=chosen, by=self.people.editor)
        return link_in(delivered()[-1].body)


def link_in(body: Any) -> str:
    found = re.search(r"http://localhost:8000(/uitnodiging/\S+/)", str(body))
    assert found
    return found[1]


@pytest.fixture
def invite(people: People, django_capture_on_commit_callbacks: Any) -> Invite:
    return Invite(people, django_capture_on_commit_callbacks)


def open_form(client: Client, link: str) -> Any:
    return client.get(link, follow=True)


def test_the_mail_is_dutch_and_plain_and_names_the_municipality(invite: Invite) -> None:
    invite()
    (message,) = delivered()
    assert message.to == [ADDRESS]
    assert message.subject == "Uitnodiging om te schrijven op WegWijzer"
    assert "Waterdam" in str(message.body)
    assert "Maak uw account met deze link:" in str(message.body)
    assert not getattr(message, "alternatives", [])


def test_who_is_invited_sets_a_name_and_a_password_and_is_in(
    client: Client, invite: Invite, people: People
) -> None:
    link = invite()
    assert "Waterdam" in open_form(client, link).content.decode()
    response: Any = client.post("/uitnodiging/", GOOD)
    assert (response.status_code, response.url) == (302, "/beheer/")
    user = User.objects.get(username=ADDRESS)
    assert (user.get_full_name(), user.email) == ("Noor Bakker", ADDRESS)
    assert set(user.groups.values_list("name", flat=True)) == {OFFICIALS, "Gemeente Waterdam"}
    assert people.page.permissions_for_user(user).can_add_subpage()
    assert not people.other_page.permissions_for_user(user).can_add_subpage()
    assert "Mijn gemeente" in client.get("/beheer/").content.decode()
    assert Client().login(username=ADDRESS.upper(), password=GOOD["password"])


def test_the_first_invitation_of_a_municipality_makes_its_page_group_and_files(
    invite: Invite,
) -> None:
    invite("Nieuwkoop")
    link = MunicipalityGroup.objects.get(municipality__name="Nieuwkoop")
    assert (link.group.name, link.collection.name) == ("Gemeente Nieuwkoop", "Nieuwkoop")
    invite("Nieuwkoop", email="tweede@voorbeeld.example")
    assert Group.objects.filter(name="Gemeente Nieuwkoop").count() == 1
    assert Collection.objects.filter(name="Nieuwkoop").count() == 1


def test_a_group_and_its_files_keep_belonging_to_a_municipality_that_is_renamed(
    invite: Invite, people: People
) -> None:
    municipality = people.page.municipality
    municipality.name = "Nieuw Waterdam"
    municipality.save()
    invite("Nieuw Waterdam")
    assert (
        MunicipalityGroup.objects.get(municipality=municipality).group.name == "Gemeente Waterdam"
    )
    assert not Group.objects.filter(name="Gemeente Nieuw Waterdam").exists()


def test_an_address_is_removed_once_the_invitation_is_used(client: Client, invite: Invite) -> None:
    open_form(client, invite())
    client.post("/uitnodiging/", GOOD)
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.email) == (InvitationState.USED, "")


def test_only_a_hash_of_the_token_is_kept(invite: Invite) -> None:
    token = invite().removeprefix("/uitnodiging/").partition(":")[0]
    assert Invitation.objects.get().token_hash == hashed(token)
    assert token not in str(list(Invitation.objects.values()))


def refused(client: Client, link: str) -> str:
    response = open_form(client, link)
    assert response.status_code in (404, 410)
    assert b'method="post"' not in response.content
    return response.content.decode()


def test_a_used_link_says_so(client: Client, invite: Invite) -> None:
    link = invite()
    open_form(client, link)
    client.post("/uitnodiging/", GOOD)
    assert "Deze uitnodiging is al gebruikt" in refused(Client(), link)


def test_an_expired_link_says_so(client: Client, invite: Invite) -> None:
    link = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "Deze uitnodiging is verlopen" in refused(client, link)


def test_a_withdrawn_link_says_so(client: Client, invite: Invite) -> None:
    link = invite()
    accounts.withdraw(invitation=Invitation.objects.get().pk)
    assert "Deze uitnodiging is ingetrokken" in refused(client, link)
    assert Invitation.objects.get().email == ""


def test_a_tampered_link_is_answered_like_one_that_never_was(
    client: Client, invite: Invite
) -> None:
    link = invite()
    tampered, unknown = (refused(client, one) for one in (f"{link[:-3]}xx/", "/uitnodiging/x/"))
    never_made = refused(client, f"/uitnodiging/{signed('nooit gemaakt')}/")
    assert "Deze link werkt niet" in tampered
    assert tampered == unknown == never_made


def test_without_a_link_there_is_no_form(client: Client, people: People) -> None:
    assert client.get("/uitnodiging/").status_code == 404
    assert client.post("/uitnodiging/", GOOD).status_code == 404
    assert not User.objects.filter(first_name="Noor").exists()


def test_sending_again_gives_a_new_link_and_kills_the_old_one(
    client: Client, invite: Invite, django_capture_on_commit_callbacks: Any
) -> None:
    old = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        accounts.send_again(invitation=Invitation.objects.get().pk)
    new = link_in(delivered()[-1].body)
    assert "Deze link werkt niet" in refused(client, old)
    assert open_form(client, new).status_code == 200


def test_a_withdrawn_invitation_is_not_sent_again(invite: Invite) -> None:
    invite()
    pk = Invitation.objects.get().pk
    accounts.withdraw(invitation=pk)
    with pytest.raises(InvitationError):
        accounts.send_again(invitation=pk)


def test_a_used_invitation_is_neither_withdrawn_nor_used_again(
    client: Client, invite: Invite
) -> None:
    open_form(client, invite())
    client.post("/uitnodiging/", GOOD)
    with pytest.raises(InvitationError):
        accounts.withdraw(invitation=Invitation.objects.get().pk)


def test_an_address_has_one_open_invitation_at_a_time(invite: Invite) -> None:
    invite()
    with pytest.raises(IntegrityError):
        invite(email=ADDRESS.upper())


def test_an_expired_invitation_makes_way_for_a_new_one(invite: Invite) -> None:
    invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    invite()
    old, new = Invitation.objects.order_by("pk")
    assert (old.state, old.email) == (InvitationState.WITHDRAWN, "")
    assert (new.state, new.email) == (InvitationState.OPEN, ADDRESS)


def test_an_expired_invitation_that_still_waits_to_be_mailed_is_not(people: People) -> None:
    sent: dict[str, Any] = {
        "email": ADDRESS,
        "municipalities": [people.page.municipality],
        "by": people.editor,
    }
    accounts.invite(**sent)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    accounts.invite(**sent)
    assert len(delivered()) == 1


def test_the_second_of_two_browsers_finds_the_invitation_used(invite: Invite) -> None:
    link = invite()
    browsers = [Client(), Client()]
    for browser in browsers:
        assert open_form(browser, link).status_code == 200
    first, second = (browser.post("/uitnodiging/", GOOD) for browser in browsers)
    assert first.status_code == 302
    assert second.status_code == 410
    assert User.objects.filter(first_name="Noor").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first_name": ""}, "Dit is een verplicht veld"),
        ({"last_name": "Bak\nker"}, "op één regel"),
        ({"password": "kort", "again": "kort"}, "Gebruik minstens 12 tekens"),
        ({"password": "wachtwoord1234", "again": "iets anders 123"}, "ander wachtwoord"),
        ({"password": "noor@waterdam.exa", "again": "noor@waterdam.exa"}, "lijkt te veel op"),
        ({"password": "password1234", "again": "password1234"}, "te algemeen"),
        ({"password": "1" * 12, "again": "1" * 12}, "te algemeen"),
    ],
)
def test_what_is_wrong_is_said_in_dutch_and_nothing_typed_is_lost(
    client: Client, invite: Invite, changed: dict[str, str], said: str
) -> None:
    open_form(client, invite())
    sent = GOOD | changed
    response = client.post("/uitnodiging/", sent)
    body = response.content.decode()
    assert response.status_code == 400
    assert said in body
    assert 'role="alert"' in body
    for name in GOOD.keys() - changed.keys():
        assert f'value="{sent[name]}"' in body
    assert not User.objects.filter(username=ADDRESS).exists()


def test_an_account_that_exists_is_given_the_municipality_after_logging_in(
    client: Client, invite: Invite, people: People
) -> None:
    link = invite("Polderstad", email=people.official.email.upper())
    body = open_form(client, link).content.decode()
    assert "U heeft al een account" in body
    assert 'name="password"' not in body
    assert client.post("/uitnodiging/", GOOD).status_code == 200
    client.post("/beheer/login/", {"username": people.official.email, "password": PASSWORD})
    assert "Toevoegen aan mijn account" in client.get("/uitnodiging/").content.decode()
    assert not people.other_page.permissions_for_user(people.official).can_add_subpage()
    assert client.post("/uitnodiging/").status_code == 302
    official = User.objects.get(pk=people.official.pk)
    assert people.other_page.permissions_for_user(official).can_add_subpage()
    assert people.page.permissions_for_user(official).can_add_subpage()


def test_somebody_elses_account_is_not_given_the_municipality(
    client: Client, invite: Invite, people: People
) -> None:
    link = invite("Waterdam", email=people.other.email)
    client.force_login(people.official)
    assert open_form(client, link).status_code == 403
    assert client.post("/uitnodiging/").status_code == 403
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_a_deactivated_account_is_told_to_ask(
    client: Client, invite: Invite, people: People
) -> None:
    link = invite("Polderstad", email=people.official.email)
    accounts.deactivate(person=people.official)
    response = open_form(client, link)
    assert response.status_code == 403
    assert "uitgezet" in response.content.decode()


def test_the_pages_leave_no_trace(client: Client, invite: Invite) -> None:
    link = invite()
    answers = {"no-referrer": client.get(link), "same-origin": client.get("/uitnodiging/")}
    for policy, response in answers.items():
        # With "no-referrer" a browser sends `Origin: null` with the form, which Django refuses.
        assert response["Referrer-Policy"] == policy
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
    token = link.removeprefix("/uitnodiging/").rstrip("/")
    assert token not in client.get("/uitnodiging/").content.decode()


def test_no_token_and_no_address_in_the_log(
    client: Client, invite: Invite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refusal = SMTPRecipientsRefused({ADDRESS: (450, f"{ADDRESS} is busy".encode())})
    server = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with patch(server, side_effect=refusal), pytest.raises(IndexError):
        invite()
    assert not Invitation.objects.get().mailed_at
    Invitation.objects.all().delete()
    QueuedMail.objects.all().delete()
    link = invite()
    assert Invitation.objects.get().mailed_at
    refused(client, f"{link[:-3]}xx/")
    open_form(client, link)
    token = link.removeprefix("/uitnodiging/").partition(":")[0]
    assert "was not sent yet: SMTPRecipientsRefused 450" in caplog.text
    assert token not in caplog.text
    assert ADDRESS not in caplog.text


def test_the_form_is_not_tried_for_ever(client: Client, invite: Invite) -> None:
    open_form(client, invite())
    statuses = [client.post("/uitnodiging/", {"first_name": "Noor"}).status_code for _ in range(31)]
    assert statuses == [400] * 30 + [429]


def test_the_form_needs_the_token_of_the_site(invite: Invite) -> None:
    client = Client(enforce_csrf_checks=True)
    open_form(client, invite())
    assert client.post("/uitnodiging/", GOOD).status_code == 403
    assert not User.objects.filter(first_name="Noor").exists()


def test_only_known_fields_are_taken(client: Client, invite: Invite) -> None:
    open_form(client, invite())
    client.post(
        "/uitnodiging/",
        GOOD | {"is_superuser": "on", "is_staff": "on", "groups": "1", "email": "x@y.example",
                "username": "beheer", "is_active": ""},
    )  # fmt: skip
    user = User.objects.get(first_name="Noor")
    assert (user.is_superuser, user.is_staff, user.is_active) == (False, False, True)
    assert (user.username, user.email) == (ADDRESS, ADDRESS)


def test_old_addresses_are_removed_and_younger_ones_stay(invite: Invite) -> None:
    invite(email="oud@voorbeeld.example")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=31))
    invite(email="jong@voorbeeld.example")
    assert accounts.remove_old_addresses() == 1
    assert set(Invitation.objects.values_list("email", flat=True)) == {"", "jong@voorbeeld.example"}
    assert accounts.remove_old_addresses() == 0


def told(to: str) -> list[str]:
    """The subjects of the mails to somebody that tell of somebody new."""
    return [str(one.subject) for one in delivered() if one.to == [to] and "Nieuw op" in one.subject]


def test_a7_colleagues_and_administrators_are_told_of_a_new_official(
    client: Client, people: People, invite: Invite, django_capture_on_commit_callbacks: Any
) -> None:
    """A7: an account for somebody who does not exist was noticed by nobody."""
    User.objects.create_superuser("beheer", "beheer@voorbeeld.example", PASSWORD)
    left = User.objects.create_user("weg", "weg@voorbeeld.example", is_active=False)
    left.groups.set(people.official.groups.all())
    open_form(client, invite("Waterdam"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/uitnodiging/", GOOD)
    for address in ("kim@voorbeeld.example", "beheer@voorbeeld.example"):
        assert told(address) == ["Nieuw op WegWijzer: Noor Bakker"]
    others = ("sam", "redactie", "weg")
    assert [told(f"{name}@voorbeeld.example") for name in others] == [[], [], []]
    assert told(ADDRESS) == []
    [mail] = [one for one in delivered() if one.to == ["kim@voorbeeld.example"]]
    assert "Noor Bakker (noor@waterdam.example) schrijft vanaf nu voor Waterdam" in str(mail.body)
    assert "Redactie de Vries regelde dit." in str(mail.body)


def test_a7_an_official_who_gets_another_municipality_is_told_there_only(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    both = [people.page.municipality, people.other_page.municipality]
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            accounts.set_municipalities(
                person=people.official, municipalities=both, by=people.editor
            )
    assert told("sam@voorbeeld.example") == ["Nieuw op WegWijzer: Kim de Vries"]
    assert told("kim@voorbeeld.example") == []


def test_a7_administrators_are_told_of_a_new_editor(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    admins = [
        User.objects.create_superuser(f"beheer-{number}", f"beheer-{number}@voorbeeld.example")
        for number in range(2)
    ]
    made, token = accounts.make_invitation(
        email=ADDRESS, municipalities=[], by=admins[0], role=Role.EDITOR
    )
    with django_capture_on_commit_callbacks(execute=True):
        accounts.accept(token=token, first_name="Noor", last_name="Bakker", password=PASSWORD)
    assert made.pk
    assert told("beheer-1@voorbeeld.example") == ["Nieuw op WegWijzer: Noor Bakker"]
    assert told("beheer-0@voorbeeld.example") == []
    assert told("redactie@voorbeeld.example") == []
