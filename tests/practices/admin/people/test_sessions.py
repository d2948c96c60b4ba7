"""How being logged in ends: by itself, by whoever is logged in, everywhere."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from practices.models import Act, AuditEvent
from practices.services.people.sessions import NOTED_AFTER, OF_EDITORS, OF_OFFICIALS, Ends
from tests.practices.services.people.conftest import PASSWORD, People

PAGE = "/beheer/account/sessies/"
MINUTE = timedelta(minutes=1)


def logged_in(user: User) -> Client:
    client = Client()
    fields = {"username": user.get_username(), "password": PASSWORD}
    assert client.post("/beheer/login/", fields).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/beheer/account/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a12_who_is_told_to_be_logged_out_is(people: People, method: str) -> None:
    client = logged_in(people.official)
    stolen = client.cookies["sessionid"].value
    response = getattr(client, method)("/beheer/logout/")
    assert response.status_code == 302
    assert not Session.objects.filter(session_key=stolen).exists()
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not is_in(thief)


@pytest.mark.parametrize(("name", "ends"), [("official", OF_OFFICIALS), ("editor", OF_EDITORS)])
def test_who_does_nothing_for_long_is_out_and_who_works_stays(
    people: People, name: str, ends: Ends
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = logged_in(getattr(people, name))
        for _step in range(3):
            clock.shift(ends.idle - MINUTE)
            assert is_in(client)
        clock.shift(ends.idle + MINUTE)
        assert not is_in(client)


@pytest.mark.parametrize(("name", "ends"), [("official", OF_OFFICIALS), ("editor", OF_EDITORS)])
def test_however_busy_nobody_stays_longer_than_the_longest(
    people: People, name: str, ends: Ends
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = logged_in(getattr(people, name))
        passed, step = timedelta(), ends.idle - MINUTE
        while passed + step < ends.longest:
            clock.shift(step)
            passed += step
            assert is_in(client), passed
        clock.shift(ends.longest - passed + MINUTE)
        assert not is_in(client)


def test_a_form_that_only_stays_open_is_no_work(people: People) -> None:
    ping = f"/beheer/editing-sessions/ping/wagtailcore/page/{people.page.pk}/1/"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = logged_in(people.editor)
        for _step in range(5):
            clock.shift(OF_EDITORS.idle / 4)
            client.post(ping)
        assert not is_in(client)


def test_going_on_is_written_once_a_minute(people: People, django_assert_num_queries: Any) -> None:
    client = logged_in(people.official)
    client.get(PAGE)
    before = Session.objects.get(pk=client.session.session_key).session_data
    client.get(PAGE)
    assert Session.objects.get(pk=client.session.session_key).session_data == before
    with time_machine.travel(timezone.now() + NOTED_AFTER + MINUTE):
        client.get(PAGE)
    assert Session.objects.get(pk=client.session.session_key).session_data != before


def test_a_public_page_neither_asks_nor_keeps_who_reads_it(people: People) -> None:
    client = logged_in(people.official)
    before = Session.objects.get().session_data
    with time_machine.travel(timezone.now() + 5 * MINUTE):
        response = client.get("/praktijken/")
    assert "Cookie" not in response.get("Vary", "")
    assert Session.objects.get().session_data == before


def test_somebody_sees_where_they_are_logged_in_and_ends_all_but_here(people: People) -> None:
    here, there, other = (
        logged_in(user) for user in (people.official, people.official, people.other)
    )
    text = here.get(PAGE).content.decode()
    assert text.count("192.0.2") + text.count("127.0.0.0/24") == 2
    assert "deze browser" in text
    response = here.post(PAGE, follow=True)
    assert "1 andere browser" in response.content.decode()
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)
    event = AuditEvent.objects.get(act=Act.LOGGED_OUT_EVERYWHERE)
    assert (event.by, event.details) == (str(people.official.pk), {"sessions": 1})


def test_the_way_there_stands_on_the_page_of_the_account(people: People) -> None:
    assert PAGE in logged_in(people.official).get("/beheer/account/").content.decode()


def test_a_session_from_before_this_was_kept_goes_on(people: People) -> None:
    client = logged_in(people.official)
    session = client.session
    for name in ("began", "seen", "network"):
        del session[name]
    session.save()
    assert client.get(PAGE).status_code == 200
    assert "began" in client.session
