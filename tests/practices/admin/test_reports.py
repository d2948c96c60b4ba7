"""The report on documents that the search set aside: who sees it, and what its button does."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.models.roles import EDITORS, OFFICIALS
from practices.services.people.roles import ensure_roles
from search.models import Change
from tests.factories import MunicipalityPageFactory, PracticePageFactory, SiteTree

REPORT = "practices_set_aside"


@pytest.fixture
def change(site_tree: SiteTree) -> Change:
    ensure_roles(top=site_tree.home)
    page = PracticePageFactory(parent=MunicipalityPageFactory(), title="Lunch over duiden")
    Change.objects.all().delete()
    return Change.objects.create(
        follower="practices:tantivy",
        document=page.pk,
        version=3,
        attempts=5,
        error="TypeError: no text",
        is_set_aside=True,
        recorded_at=timezone.now(),
    )


def client_of(group: str, *, enforce_csrf_checks: bool = False) -> Client:
    user = User.objects.create_user(group)
    user.groups.add(Group.objects.get(name=group))
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(user)
    return client


def test_an_editor_sees_practice_index_and_error(change: Change) -> None:
    text = client_of(EDITORS).get(reverse(REPORT)).content.decode()
    for told in ("Lunch over duiden", "practices:tantivy", "TypeError: no text"):
        assert told in text


def test_what_is_gone_is_shown_by_its_number(change: Change) -> None:
    Change.objects.update(document=987654)
    assert "987654" in client_of(EDITORS).get(reverse(REPORT)).content.decode()


def test_with_nothing_set_aside_the_report_says_so(change: Change) -> None:
    Change.objects.update(is_set_aside=False)
    text = client_of(EDITORS).get(reverse(REPORT)).content.decode()
    assert "Lunch over duiden" not in text
    assert reverse(f"{REPORT}_retry") not in text


def test_the_report_is_in_the_menu_of_editors(change: Change) -> None:
    assert reverse(REPORT) in client_of(EDITORS).get("/beheer/reports/locked/").content.decode()


def test_officials_neither_see_it_nor_try_again(change: Change) -> None:
    client = client_of(OFFICIALS)
    for response in (
        client.get(reverse(REPORT)),
        client.get(reverse(f"{REPORT}_results")),
        client.post(reverse(f"{REPORT}_retry")),
    ):
        assert response.status_code in (302, 403)
        assert "Lunch" not in response.content.decode()
    assert Change.objects.get().is_set_aside


def test_who_is_not_logged_in_is_sent_to_the_login(change: Change) -> None:
    for response in (Client().get(reverse(REPORT)), Client().post(reverse(f"{REPORT}_retry"))):
        assert response.status_code == 302
    assert Change.objects.get().is_set_aside


@pytest.mark.parametrize("chosen", [True, False])
def test_the_button_lets_it_be_tried_again(change: Change, chosen: bool) -> None:
    data = {"change": str(change.pk)} if chosen else {}
    response = client_of(EDITORS).post(reverse(f"{REPORT}_retry"), data)
    assert response.headers["Location"] == reverse(REPORT)
    row = Change.objects.get()
    assert (row.is_set_aside, row.attempts, row.not_before) == (False, 0, None)
    assert row.version > row.delivered


@pytest.mark.parametrize("chosen", ["0", "-1", "x", "9" * 40, "²"])
def test_a_choice_that_is_none_tries_nothing(change: Change, chosen: str) -> None:
    response = client_of(EDITORS).post(reverse(f"{REPORT}_retry"), {"change": chosen})
    assert response.status_code == 302
    assert Change.objects.get().is_set_aside


def test_looking_changes_nothing_and_a_forged_form_neither(change: Change) -> None:
    address = reverse(f"{REPORT}_retry")
    assert client_of(EDITORS).get(address).status_code == 405
    Change.objects.get()
    User.objects.all().delete()
    assert client_of(EDITORS, enforce_csrf_checks=True).post(address).status_code == 403
    assert Change.objects.get().is_set_aside


def test_the_report_can_be_exported(change: Change) -> None:
    response = client_of(EDITORS).get(reverse(REPORT), {"export": "csv"})
    assert b"TypeError: no text" in response.getvalue()
