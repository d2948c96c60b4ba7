import re
from email import policy
from email.parser import BytesParser
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from practices.frontend import contact
from practices.models import PracticePage
from tests.factories import PracticePageFactory, SiteTree
from tests.mails import delivered

NOW = 1_800_000_000
FILLED_IN = {"name": "Sam", "email": "sam@stad.example", "message": "Hoe ging het?\nEn verder?"}


@pytest.fixture
def page(site_tree: SiteTree) -> PracticePage:
    return PracticePageFactory(contact_email="kim@gemeente.example", title="Samen\nleren")


@pytest.fixture
def form(client: Client, page: PracticePage) -> "Form":
    return Form(client, f"{page.url}contact/")


class Form:
    """Somebody with the form open."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address

    def open(self, at: float = NOW) -> str:
        with patch.object(contact, "time", return_value=at):
            return self.token_in(self.client.get(self.address))

    def token_in(self, response: Any) -> str:
        found = re.search(r'name="token" value="([^"]*)"', response.content.decode())
        assert found
        return found[1]

    def send(self, *, after: float = 20, token: str | None = None, **changed: Any) -> Any:
        data = FILLED_IN | {"token": self.open() if token is None else token, "website": ""}
        with patch.object(contact, "time", return_value=NOW + after):
            return self.client.post(self.address, data | changed)


def test_a_message_is_relayed_without_showing_the_address(form: Form) -> None:
    response = form.send()
    assert response.status_code == 302
    assert "kim@" not in form.client.get(response.url).content.decode()
    (message,) = delivered()
    assert message.to == ["kim@gemeente.example"]
    assert message.reply_to == ["sam@stad.example"]
    assert message.from_email == "wegwijzer@localhost"
    assert "Hoe ging het?" in message.body


def test_the_subject_is_one_line_whatever_an_author_typed(form: Form) -> None:
    form.send()
    sent = BytesParser(policy=policy.SMTP).parsebytes(delivered()[0].message().as_bytes())
    assert "Samen leren" in sent["Subject"]
    assert sent.get_all("Bcc") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Sam\r\nBcc: iedereen@voorbeeld.example"},
        {"name": "Sam\u2028Bcc: iedereen@voorbeeld.example"},
        {"email": "sam@stad.example\r\nBcc: iedereen@voorbeeld.example"},
        {"email": "sam@stad.example,een@ander.example"},
        {"email": "geen adres"},
        {"message": ""},
        {"message": "x" * 5001},
        {"website": "https://robot.example"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    form: Form, changed: dict[str, Any]
) -> None:
    response = form.send(**changed)
    body = response.content.decode()
    assert response.status_code == 400
    assert not delivered()
    assert 'role="alert"' in body
    assert "field__error" in body
    if "message" not in changed:
        assert "Hoe ging het?" in body


def test_a_line_break_around_an_address_sends_one_mail_to_one_person(form: Form) -> None:
    form.send(email=" sam@stad.example\n")
    assert delivered()[0].recipients() == ["kim@gemeente.example"]


@pytest.mark.parametrize("token", ["", "verzonnen", "WyJ4Il0:1:x"])
def test_a_form_that_is_not_ours_is_refused(form: Form, token: str) -> None:
    assert form.send(token=token).status_code == 400
    assert not delivered()


def test_a_form_that_is_sent_at_once_is_refused_and_can_be_sent_again(form: Form) -> None:
    response = form.send(after=1)
    assert response.status_code == 400
    assert form.send(token=form.token_in(response), after=6).status_code == 302


def test_a_form_of_yesterday_can_be_sent_again(form: Form) -> None:
    response = form.send(token=form.open(at=NOW - 100_000))
    assert response.status_code == 400
    assert "Hoe ging het?" in response.content.decode()
    assert form.send(token=form.token_in(response), after=3600).status_code == 302


def test_a_double_click_sends_one_mail(form: Form) -> None:
    token = form.open()
    assert form.send(token=token).status_code == 302
    assert form.send(token=token).status_code == 302
    assert len(delivered()) == 1


def test_two_visitors_at_the_same_moment_both_get_through(form: Form) -> None:
    first, second = form.open(), form.open()
    form.send(token=first)
    form.send(token=second)
    assert len(delivered()) == 2


def test_a_sender_gets_five_turns_an_hour_however_the_address_is_written(form: Form) -> None:
    senders = ["sam@stad.example", "SAM@stad.example", "sam+1@stad.example"] * 2
    statuses = []
    for number, sender in enumerate(senders):
        form.client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        statuses.append(form.send(email=sender).status_code)
    assert statuses == [302] * 5 + [429]
    assert len(delivered()) == 5


def test_an_address_gets_five_turns_an_hour_whoever_it_says_to_be(form: Form) -> None:
    statuses = [form.send(email=f"{number}@stad.example").status_code for number in range(6)]
    assert statuses == [302] * 5 + [429]


def test_a_message_needs_the_token_of_the_site(page: PracticePage) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{page.url}contact/", FILLED_IN).status_code == 403
    assert not delivered()
