"""Two years after publication somebody is asked whether it is still right."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from practices.models import PracticePage, ReviewReminder
from practices.services.moderation import archive, confirmations, reviews
from practices.services.moderation.due import due_on, earliest, is_unconfirmed, reminders_due
from practices.services.moderation.history import public_history
from tests.mails import delivered
from tests.practices.services.moderation.conftest import World, fresh

SINCE = datetime(2024, 3, 4, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def page(world: World) -> Any:
    page = world.published(title="Samen leren")
    PracticePage.objects.filter(pk=page.pk).update(last_published_at=SINCE)
    return fresh(page)


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    """One run of the timed job; gives the subjects of its mails."""

    def run(now: datetime) -> list[str]:
        delivered().clear()
        with django_capture_on_commit_callbacks(execute=True):
            reviews.send_due_reviews(now)
        return [str(message.subject) for message in delivered()]

    return run


def test_due_is_24_months_later_on_the_same_day() -> None:
    assert due_on(SINCE) == DUE
    assert due_on(datetime(2024, 2, 29, 12, tzinfo=UTC)).date().isoformat() == "2026-02-28"
    assert due_on(datetime(2023, 12, 31, 23, 30, tzinfo=UTC)).date().isoformat() == "2026-01-01"


def test_nothing_can_be_due_that_the_query_leaves_out() -> None:
    for days in range(0, 1500, 7):
        since = SINCE + days * DAY
        assert since <= earliest(due_on(since))


def test_reminders_follow_after_14_and_28_days() -> None:
    turns = [-1, 0, 13, 14, 27, 28, 400]
    assert [reminders_due(SINCE, DUE + day * DAY) for day in turns] == [0, 1, 1, 2, 2, 3, 3]
    assert not is_unconfirmed(SINCE, DUE + 27 * DAY)
    assert is_unconfirmed(SINCE, DUE + 28 * DAY)


def test_the_author_is_asked_and_reminded_twice_and_then_the_page_says_so(
    page: Any, run: Any
) -> None:
    assert run(DUE - DAY) == []
    assert run(DUE) == ["Klopt uw praktijk nog? Samen leren"]
    assert delivered()[0].to == ["sam@voorbeeld.example"]
    assert run(DUE + 13 * DAY) == []
    assert run(DUE + 14 * DAY) == ["Herinnering: klopt uw praktijk nog? Samen leren"]
    assert confirmations.unconfirmed_since(page, DUE + 27 * DAY) is None
    assert run(DUE + 28 * DAY) == ["Laatste herinnering: klopt uw praktijk nog? Samen leren"]
    assert confirmations.unconfirmed_since(page, DUE + 28 * DAY) == SINCE
    assert run(DUE + 400 * DAY) == []


def test_repeating_a_run_sends_nothing_twice(page: Any, run: Any) -> None:
    assert len(run(DUE)) == 1
    assert run(DUE) == []


def test_of_two_runs_at_once_one_sends(page: Any, run: Any) -> None:
    """The other run writes its row after this one looked whether there is one."""

    def late(_page: Any) -> list[int]:
        ReviewReminder.objects.create(page=page, since=SINCE, number=0, sent_at=DUE)
        return [page.owner_id]

    with patch.object(reviews, "recipients", late):
        assert run(DUE) == []
    assert ReviewReminder.objects.count() == 1


def test_after_a_standstill_the_question_comes_first(page: Any, run: Any) -> None:
    late = DUE + 100 * DAY
    assert run(late) == ["Klopt uw praktijk nog? Samen leren"]
    assert confirmations.unconfirmed_since(page, late) is None
    assert run(late + DAY) == []
    assert run(late + 14 * DAY) == ["Herinnering: klopt uw praktijk nog? Samen leren"]


def test_the_archive_drafts_and_what_is_under_review_are_left_alone(
    world: World, page: Any, run: Any
) -> None:
    world.draft()
    other = world.published()
    PracticePage.objects.filter(pk=other.pk).update(last_published_at=SINCE)
    archive.retire(page=fresh(other), user=world["edith"], reason="Weg.")
    world.submit(world.write(page, "sam", title="Nieuw"))
    assert run(DUE) == []


def test_when_the_author_left_colleagues_are_asked_and_else_the_editors(
    world: World, page: Any, run: Any
) -> None:
    sam, kim = world["sam"], world["kim"]
    sam.is_active = False
    sam.save()
    run(DUE)
    assert [message.to for message in delivered()] == [["kim@voorbeeld.example"]]
    kim.groups.clear()
    run(DUE + 14 * DAY)
    assert sorted(message.to for message in delivered()) == [
        ["edith@voorbeeld.example"],
        ["ernst@voorbeeld.example"],
    ]


def link_in_mail() -> str:
    found = re.search(r"https?://[^/]+(/klopt-nog/\S+)", str(delivered()[0].body))
    assert found
    return found[1]


def test_one_click_confirms_and_only_the_button_does(page: Any, run: Any) -> None:
    run(DUE)
    link, client = link_in_mail(), Client(enforce_csrf_checks=True)
    response = client.get(link)
    assert response.status_code == 200
    assert "Samen leren" in response.content.decode()
    assert confirmations.since_of(page) == SINCE
    assert client.post(link).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())
    assert token
    response = client.post(link, {"csrfmiddlewaretoken": token[1]})
    assert "Dank u wel" in response.content.decode()
    since = confirmations.since_of(page)
    assert since is not None
    assert since > SINCE
    assert run(DUE + 14 * DAY) == []
    assert "Dit is al gedaan" in client.get(link).content.decode()
    client.post(link, {"csrfmiddlewaretoken": token[1]})
    assert page.history.count() == 1


def test_the_page_says_that_nobody_confirmed_until_somebody_does(page: Any, run: Any) -> None:
    for days in (0, 14, 28):
        run(DUE + days * DAY)
    with patch.object(timezone, "now", return_value=DUE + 29 * DAY):
        assert public_history(fresh(page)).unconfirmed_since == SINCE
        assert "Niet bevestigd sinds 4 maart 2024" in Client().get(page.url).content.decode()
        assert confirmations.confirm(page=page, since=SINCE)
        assert "Niet bevestigd sinds" not in Client().get(page.url).content.decode()


@pytest.mark.parametrize("token", ["verzonnen", "WyJ4Il0:1:x", "a" * 2000])
def test_a_link_that_is_not_ours_says_so(world: World, token: str) -> None:
    response = Client().get(f"/klopt-nog/{token}/")
    assert response.status_code == 404
    assert "Wij kennen deze link niet" in response.content.decode()


def test_a_link_of_another_form_is_not_ours(page: Any) -> None:
    token = signing.dumps([page.pk, SINCE.isoformat()], salt="practices.frontend.contact")
    assert Client().get(f"/klopt-nog/{token}/").status_code == 404


def test_an_old_link_says_so(page: Any) -> None:
    link = confirmations.confirm_address(page, SINCE)
    with patch(
        "django.core.signing.time.time", return_value=timezone.now().timestamp() + 91 * 86400
    ):
        response = Client().get(link)
    assert response.status_code == 410
    assert "verlopen" in response.content.decode()
    assert confirmations.since_of(page) == SINCE


def test_the_command_runs_the_job(page: Any) -> None:
    call_command("review_due")
    assert ReviewReminder.objects.count() == 1
