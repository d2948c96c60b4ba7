"""The demo: loaded once, published as an editor would, and no accounts in production."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision, Site, Workflow

from cms.models import EditorialPage, HomePage
from practices.models import MunicipalityPage, PracticePage, SignpostPage
from practices.services.moderation.workflow import WORKFLOW
from practices.services.record import ensure_municipality_page
from tests import filling


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for all tests of this module, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        filling.empty()
        call_command("demo")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """What a test changes is rolled back after it."""


def state() -> dict[str, Any]:
    return {
        "pages": list(Page.objects.order_by("path").values()),
        "revisions": Revision.objects.count(),
        "log": PageLogEntry.objects.count(),
        "users": list(User.objects.order_by("username").values()),
        "groups": list(Group.objects.order_by("name").values()),
        "rights": GroupPagePermission.objects.count(),
    }


def test_a_second_time_nothing_changes(demo: None) -> None:
    before = state()
    call_command("demo")
    assert state() == before


def test_the_home_page_stands_in_the_place_of_wagtails_welcome(demo: None) -> None:
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert {page.get_url() for page in EditorialPage.objects.live()} >= {"/privacy/"}


def test_the_foot_of_each_page_leads_to_pages(demo: None, client: Client) -> None:
    foot = client.get("/colofon/").content.decode().split("<footer")[1]
    for address in set(re.findall(r'href="(/[^"]*)"', foot)) - {"/beheer/"}:
        assert client.get(address).status_code == 200, address


def test_the_declaration_of_accessibility_has_every_part_and_claims_no_examination(
    demo: None, client: Client
) -> None:
    body = client.get("/toegankelijkheid/").content.decode()
    parts = re.findall(r"<h2[^>]*>(.*?)</h2>", body)
    assert parts == [
        "Van wie en voor welke site", "Hoe ver zijn wij?", "Wat is getest?",
        "Wat is nog niet toegankelijk?", "Wat doen wij eraan?", "Een probleem melden",
        "Niet tevreden?", "Datum",
    ]  # fmt: skip
    assert "Status C: eerste maatregelen genomen" in body
    assert "niemand van buiten heeft de site onderzocht" in body
    assert "[naam van de organisatie]" in body
    assert Page.find_problems() == ([], [], [], [], [])


def test_every_page_is_live_and_has_a_history(demo: None) -> None:
    for page in Page.objects.filter(depth__gt=1):
        assert page.live
        assert page.live_revision is not None
        # To the page about the site the demo adds what it is.
        assert page.revisions.count() == (2 if page.slug == "over-wegwijzer" else 1)


@pytest.mark.parametrize(
    ("municipality", "number"),
    [("rotterdam", 1), ("zoetermeer", 1), ("den-haag", 2), ("amsterdam", 3)],
)
def test_practices_stand_under_their_municipality(
    demo: None, municipality: str, number: int
) -> None:
    parent = MunicipalityPage.objects.get(slug=municipality)
    practices = PracticePage.objects.child_of(parent)
    assert practices.count() == number
    assert all(practice.municipality == parent.municipality for practice in practices)


def test_the_trainers_keep_their_expertise(demo: None) -> None:
    practice = PracticePage.objects.get(municipality__slug="zoetermeer")
    mix = [{term.slug for term in trainer.expertises.all()} for trainer in practice.trainers.all()]
    assert mix == [{"islam-en-orthodoxie", "radicalisering"}, {"rechtsextremisme"}]


def test_the_signpost_points_to_all_practices_of_the_fact_sheet(demo: None) -> None:
    signpost = SignpostPage.objects.get(code="WW0109")
    assert signpost.slug == "ww0109"
    assert signpost.practices.count() == PracticePage.objects.filter(is_fictional=False).count()
    assert signpost.publications.exists()


def test_nothing_is_invented_where_the_fact_sheet_is_silent(demo: None) -> None:
    arnhem = PracticePage.objects.get(municipality__slug="arnhem")
    assert (arnhem.start_year, arnhem.status, arnhem.duration) == (None, "", None)
    assert arnhem.in_action_plan is None
    assert not arnhem.formats.exists()


def test_an_edited_page_is_left_alone(demo: None) -> None:
    practice = PracticePage.objects.get(municipality__slug="arnhem")
    practice.title = "Anders"
    practice.save_revision().publish()
    call_command("demo")
    assert PracticePage.objects.get(pk=practice.pk).title == "Anders"


def test_an_editorial_page_that_was_removed_stays_away(demo: None) -> None:
    EditorialPage.objects.get(slug="colofon").delete()
    call_command("demo")
    assert not EditorialPage.objects.filter(slug="colofon").exists()


def test_a_municipality_gets_its_page_once(demo: None) -> None:
    municipality = MunicipalityPage.objects.get(slug="gouda").municipality
    first = ensure_municipality_page(municipality=municipality)
    assert ensure_municipality_page(municipality=municipality) == first


def test_accounts_can_log_in_with_the_demo_password(demo: None, client: Any) -> None:
    names = ("ambtenaar-gouda", "ambtenaar-zoetermeer", "redactie", "redactie-2", "beheer")
    for name in names:
        assert client.login(username=name, password="wegwijzer-demo")
        assert client.get("/beheer/").status_code == 200
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["beheer"]


def test_a_changed_password_stays(demo: None, client: Any) -> None:
    user = User.objects.get(username="redactie")
    user.set_password("iets-heel-anders")
    user.save()
    call_command("demo")
    assert client.login(username="redactie", password="iets-heel-anders")


def test_an_official_may_write_for_the_own_municipality_only(demo: None) -> None:
    user = User.objects.get(username="ambtenaar-gouda")
    own = MunicipalityPage.objects.get(slug="gouda").permissions_for_user(user)
    other = MunicipalityPage.objects.get(slug="zoetermeer").permissions_for_user(user)
    assert (own.can_add_subpage(), own.can_publish(), own.can_publish_subpage()) == (
        True,
        False,
        False,
    )
    assert not other.can_add_subpage()
    assert not other.can_edit()


def test_wagtails_own_groups_and_workflow_leave(demo: None) -> None:
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == [WORKFLOW]
