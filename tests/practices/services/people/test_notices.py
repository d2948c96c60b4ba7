"""Who has an account is told what was done to it."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from practices.models import Role
from practices.services.people import accounts
from tests.mails import delivered
from tests.practices.services.people.conftest import PASSWORD, People

ADDRESS = "kim@voorbeeld.example"


def log_in(client: Client) -> None:
    response = client.post("/beheer/login/", {"username": ADDRESS, "password": PASSWORD})
    assert response.status_code == 302


@pytest.fixture
def browser(people: People) -> Client:
    """A browser in which the official logged in before."""
    client = Client()
    log_in(client)
    assert delivered() == [], "nobody is warned of their first log-in"
    return client


def test_a_log_in_from_a_new_browser_is_told_and_one_from_a_known_browser_is_not(
    browser: Client,
) -> None:
    browser.post("/beheer/logout/")
    log_in(browser)
    assert delivered() == []
    log_in(Client())
    [mail] = delivered()
    assert mail.to == [ADDRESS]
    assert "nieuwe browser" in mail.subject
    assert "127.0.0.0/24" in mail.body
    assert "/beheer/password_reset/" in mail.body


def test_a_new_password_is_told(browser: Client, people: People) -> None:
    people.official.set_password("een heel ander wachtwoord")
    people.official.save()
    [mail] = delivered()
    assert "wachtwoord" in mail.subject
    assert "een heel ander" not in mail.body


def test_more_rights_are_told_by_name_and_fewer_are_not(browser: Client, people: People) -> None:
    group = Group.objects.create(name="Nog een groep")
    people.official.groups.add(group)
    [mail] = delivered()
    assert "- Nog een groep" in mail.body
    people.official.groups.remove(group)
    assert len(delivered()) == 1


def test_who_was_just_invited_gets_no_second_mail(people: People) -> None:
    _invitation, token = accounts.make_invitation(
        email="nieuw@voorbeeld.example",
        municipalities=[people.page.municipality],
        by=people.editor,
        role=Role.OFFICIAL,
    )
    accounts.accept(token=token, first_name="N", last_name="N", password=PASSWORD)
    assert delivered() == []


def test_who_is_shut_out_is_told_nothing(browser: Client, people: People) -> None:
    accounts.deactivate(person=people.official)
    people.official.groups.add(Group.objects.create(name="Nog een groep"))
    assert delivered() == []
