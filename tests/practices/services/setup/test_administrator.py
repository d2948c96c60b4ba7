"""The first administrator: invited by mail, and the link is told where mail fails."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from practices.models import Invitation, MailRecord, Role
from practices.services.people.accounts import invite, make_invitation
from practices.services.setup import plugin
from practices.services.setup.administrator import invite_administrator
from practices.services.setup.steps import SetupError
from tests.mails import delivered
from tests.silent import silent_server

ADDRESS = "ada@voorbeeld.example"
PASSWORD = "fiets-langs-de-gracht-2026"

pytestmark = pytest.mark.django_db


def link_in(text: str) -> str:
    found = re.search(r"http://\S+(/uitnodiging/\S+/)", text)
    assert found, text
    return found[1]


def use(link: str) -> Client:
    client = Client()
    client.get(link)
    response = client.post(
        "/uitnodiging/",
        {"first_name": "Ada", "last_name": "Bos", "password": PASSWORD, "again": PASSWORD},
    )
    assert response.status_code == 302, response.content.decode()[-2000:]
    return client


def test_the_link_in_the_mail_makes_an_administrator() -> None:
    (said,) = invite_administrator(email=f"  {ADDRESS.upper()} ")
    assert said == f"Uitnodiging verstuurd naar {ADDRESS}."
    (message,) = delivered()
    assert message.to == [ADDRESS]
    assert "te beheren" in message.body
    assert not User.objects.exists(), "nobody has a password but the owner of the address"
    client = use(link_in(str(message.body)))
    user = User.objects.get()
    assert (user.email, user.is_superuser, user.is_active) == (ADDRESS, True, True)
    assert client.get("/beheer/users/").status_code == 200
    assert MailRecord.objects.get().sent_at is not None


def test_who_administers_already_gets_nothing() -> None:
    User.objects.create_superuser("ada", ADDRESS, PASSWORD)
    (said,) = invite_administrator(email=ADDRESS)
    assert "beheert de site al" in said
    assert not delivered()
    assert not Invitation.objects.exists()


def test_who_was_invited_gets_nothing_twice_but_a_new_link_when_asked() -> None:
    invite_administrator(email=ADDRESS)
    old = link_in(str(delivered()[0].body))
    (said,) = invite_administrator(email=ADDRESS)
    assert "--again" in said
    assert len(delivered()) == 1
    invite_administrator(email=ADDRESS, is_again=True)
    assert len(delivered()) == 2
    assert Client().get(old, follow=True).status_code == 410
    use(link_in(str(delivered()[1].body)))


def test_somebody_who_has_an_account_becomes_administrator_after_logging_in() -> None:
    user = User.objects.create_user("ada", ADDRESS, PASSWORD)
    invite_administrator(email=ADDRESS)
    client = Client()
    client.force_login(user)
    client.get(link_in(str(delivered()[0].body)))

    assert client.post("/uitnodiging/").status_code == 302
    assert User.objects.get().is_superuser


def test_who_was_invited_as_something_else_is_told_and_again_takes_its_place() -> None:
    make_invitation(email=ADDRESS, municipalities=(), by=None, role=Role.EDITOR)
    (said,) = invite_administrator(email=ADDRESS)
    assert "andere rol" in said
    invite_administrator(email=ADDRESS, is_again=True)
    (standing,) = Invitation.objects.filter(withdrawn_at=None)
    assert standing.role == Role.ADMINISTRATOR


@pytest.mark.parametrize("is_again", [False, True])
def test_who_was_invited_long_ago_by_an_editor_is_invited_again(is_again: bool) -> None:
    editor = User.objects.create_user("ed", "ed@voorbeeld.example", PASSWORD)
    invite(email=ADDRESS, by=editor, role=Role.EDITOR)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    (said,) = invite_administrator(email=ADDRESS, is_again=is_again)
    assert said == f"Uitnodiging verstuurd naar {ADDRESS}."
    (message,) = delivered()
    assert "te beheren" in message.body, "the first, of which the link works no more, is taken back"
    assert [one.email for one in Invitation.objects.order_by("pk")] == ["", ADDRESS]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ada", "geen e-mailadres"),
        ("", "geen e-mailadres"),
        ("ada@voorbeeld.example\nBcc: bob@voorbeeld.example", "geen e-mailadres"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example", "te lang"),
    ],
)
def test_a_wrong_address_is_named_with_how_it_should_be(address: str, said: str) -> None:
    with pytest.raises(SetupError, match=said):
        invite_administrator(email=address)
    assert not Invitation.objects.exists()


def test_an_account_that_was_deactivated_is_not_let_in_by_the_back_door() -> None:
    User.objects.create_superuser("ada", ADDRESS, PASSWORD, is_active=False)
    with pytest.raises(SetupError, match="uitgezet"):
        invite_administrator(email=ADDRESS)


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_where_mail_is_not_set_up_the_link_is_told(settings: Any, backend: str) -> None:
    settings.EMAIL_DELIVERY_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    said = invite_administrator(email=ADDRESS)
    assert "niet ingesteld" in said[0]
    use(link_in(" ".join(said)))


def test_a_mail_server_that_is_silent_costs_a_time_and_the_link_is_told(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with silent_server() as settings.EMAIL_PORT:
        said = invite_administrator(email=ADDRESS)
    assert "kon niet worden verstuurd" in said[0]
    assert MailRecord.objects.get().failed_at is not None
    use(link_in(" ".join(said)))


def test_the_command_invites_after_all_other_steps() -> None:
    output = io.StringIO()
    call_command("setup", admin=ADDRESS, stdout=output)
    said = output.getvalue()
    assert said.index("Zoekindex …") < said.index("Beheerder …")
    assert "Nog niemand beheert" not in said


def test_again_needs_an_address() -> None:
    with pytest.raises(CommandError, match="--admin"):
        call_command("setup", again=True)


def test_the_step_has_the_name_of_the_role() -> None:
    assert plugin.administrator(email=ADDRESS, is_again=False).name == Role.ADMINISTRATOR
