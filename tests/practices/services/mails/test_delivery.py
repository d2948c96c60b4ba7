"""Mails over a real connection: one for many, put off where a server is away, given up at last."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from practices.models import QueuedMail
from practices.services.mails import delivery, outcomes
from practices.services.mails.delivery import ServerAwayError, deliver_due
from practices.services.mails.making import mail
from practices.services.mails.queue import put, take_back
from tests.mail_server import (
    LONG,
    Mailbox,
    Murmuring,
    MurmuringServer,
    SilentServer,
    mail_server,
)

pytestmark = pytest.mark.django_db

ADDRESSES = [f"volger{number}@example.nl" for number in range(5)]


@pytest.fixture
def five() -> list[str]:
    """Five mails that wait."""
    for address in ADDRESSES:
        put(mail(to=address, subject="Nieuw", body="Tekst\n"))
    return ADDRESSES


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was told of mails of the kind `test`."""
    told: list[tuple[str, int]] = []
    monkeypatch.setitem(outcomes._sent, "test", lambda key: told.append(("sent", key)))
    monkeypatch.setitem(outcomes._given_up, "test", lambda key: told.append(("given up", key)))
    return told


def all_later(pause: timedelta) -> None:
    """Let so much time pass for all mails."""
    QueuedMail.objects.update(due_at=F("due_at") - pause, made_at=F("made_at") - pause)


def test_many_mails_go_over_one_connection_and_leave_nothing(
    server: Mailbox, five: list[str]
) -> None:
    assert deliver_due() == 5
    assert server.recipients == five
    assert server.connections == 1
    assert not QueuedMail.objects.exists()


def test_after_a_connection_that_broke_each_is_mailed_once(
    server: Mailbox, five: list[str]
) -> None:
    server.breaks_at = 2
    with pytest.raises(ServerAwayError):
        deliver_due()
    assert deliver_due() == 3, "the one in hand waits a while"
    all_later(timedelta(minutes=1))
    assert deliver_due() == 1
    assert sorted(server.recipients) == five


def test_a_mail_arrives_as_it_was_written(server: Mailbox) -> None:
    message = EmailMultiAlternatives(
        "Één ding",
        "Tekst ë",
        "van@a.nl",
        ["aan@a.nl"],
        reply_to=["terug@a.nl"],
        headers={"X-A": "1"},
    )
    message.attach_alternative("<p>Tekst</p>", "text/html")
    put(message)
    deliver_due()
    [text] = server.texts
    for part in ("Reply-To: terug@a.nl", "X-A: 1", "From: van@a.nl", "text/html", "<p>Tekst</p>"):
        assert part in text


def test_the_same_mail_has_the_same_id_however_often_it_is_sent(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(mail(to="a@a.nl", subject="Eén", body="Tekst"))
    row = QueuedMail.objects.get()
    deliver_due()
    QueuedMail.objects.create(content=row.content, due_at=row.due_at)
    deliver_due()
    ids = {line for text in server.texts for line in text.split("\r\n") if "Message-ID" in line}
    assert len(server.texts) == 2
    assert len(ids) == 1


def test_what_django_sends_waits_too_and_no_request_speaks_to_the_server(
    settings: Settings, mailoutbox: Any
) -> None:
    backend = get_connection("practices.services.mails.backend.QueueBackend")
    EmailMessage("Onderwerp", "Tekst", "a@a.nl", ["b@b.nl"], connection=backend).send()
    EmailMessage("Zonder ontvanger", "Tekst", connection=backend).send()
    assert QueuedMail.objects.count() == 1
    assert not mailoutbox


def test_a_server_that_says_nothing_is_left_in_time_and_loses_nothing(
    settings: Settings, five: list[str]
) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    for settings.EMAIL_USE_SSL in (False, True):  # before the greeting, and within TLS's
        with SilentServer() as silent:
            settings.EMAIL_PORT = silent.port
            with pytest.raises(ServerAwayError):
                deliver_due()
            assert silent.taken
    assert QueuedMail.objects.count() == 5


def test_a_server_that_murmurs_before_a_mail_or_after_it_is_left_in_time(
    settings: Settings, five: list[str]
) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with MurmuringServer() as before:
        settings.EMAIL_PORT = before.port
        with pytest.raises(ServerAwayError):
            deliver_due()
    assert 0 < before.said[0] < LONG
    with mail_server(mailbox=Murmuring()) as (after, settings.EMAIL_PORT):
        with pytest.raises(ServerAwayError):
            deliver_due()
        assert isinstance(after, Murmuring)
        assert 0 < after.said < LONG
    assert QueuedMail.objects.count() == 5


def test_a_long_mail_goes_whole(server: Mailbox) -> None:
    lines = "".join(f"regel {number}\r\n" for number in range(20_000))
    put(mail(to="a@a.nl", subject="Lang", body=lines))
    assert deliver_due() == 1
    assert lines in server.texts[0]


def test_a_refused_address_holds_up_nobody_and_is_given_up_after_three_times(
    server: Mailbox, five: list[str], heard: list[tuple[str, int]], caplog: pytest.LogCaptureFixture
) -> None:
    server.refuses["weg@example.nl"] = "550 No such user weg@example.nl"
    put(mail(to="weg@example.nl", subject="Nieuw", body="Geheim"), kind="test", key=7)
    caplog.set_level(logging.INFO)
    assert deliver_due() == 5
    for _hour in range(2):
        assert deliver_due() == 0, "not at once again"
        all_later(timedelta(hours=1))
        assert deliver_due() == 0
    assert heard == [("given up", 7)]
    row = QueuedMail.objects.get()
    assert (row.content, row.reason) == ({}, "SMTPRecipientsRefused 550")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("practices")]
    assert len(ours) == 3
    assert "weg@" not in "".join(ours)
    assert server.begun == 8
    QueuedMail.objects.update(given_up_at=timezone.now() - delivery.REMEMBERED - timedelta(days=1))
    delivery.forget()
    assert not QueuedMail.objects.exists()


def test_a_server_that_is_away_for_days_loses_nothing_and_after_five_it_is_given_up(
    server: Mailbox, heard: list[tuple[str, int]]
) -> None:
    put(mail(to="a@a.nl", subject="Nieuw", body="Tekst"), kind="test", key=7)
    server.refuses_all = "451 Try later"
    for _quarter in range(4 * 24 * 4):
        deliver_due()
        all_later(timedelta(minutes=15))
        if server.begun > 30:
            break
    assert heard == []
    assert QueuedMail.objects.get().attempts == server.begun
    all_later(timedelta(days=5))
    deliver_due()
    assert heard == [("given up", 7)]


def test_what_was_put_off_is_sent_once_the_server_takes_it(
    server: Mailbox, heard: list[tuple[str, int]]
) -> None:
    put(mail(to="a@a.nl", subject="Nieuw", body="Tekst"), kind="test", key=7)
    server.refuses_all = "421 Try later"
    assert deliver_due() == 0
    server.refuses_all = ""
    assert deliver_due() == 0
    all_later(delivery.LONGEST_PAUSE)
    assert deliver_due() == 1
    assert heard == [("sent", 7)]


def test_a_mail_that_cannot_be_made_holds_up_no_other(server: Mailbox, five: list[str]) -> None:
    first = QueuedMail.objects.order_by("due_at", "pk")[0]
    first.content["subject"] = "twee\nregels"
    first.save()
    assert deliver_due() == 4


def test_what_was_taken_back_is_not_sent(server: Mailbox) -> None:
    for key in (1, 2):
        put(mail(to=f"{key}@a.nl", subject="Nieuw", body="Tekst"), kind="test", key=key)
    take_back(kind="test", key=1)
    deliver_due()
    assert server.recipients == ["2@a.nl"]


def test_a_mail_that_somebody_else_is_sending_is_left_to_them(
    server: Mailbox, five: list[str]
) -> None:
    assert delivery._take()
    assert deliver_due() == 4
    all_later(delivery.TAKEN)
    assert deliver_due() == 1, "who took it was killed"
