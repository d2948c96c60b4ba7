"""`manage.py setup`: from nothing, from half of it, from an older site; twice changes nothing."""

import io
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page, Site, Workflow

from cms.management.commands import setup
from cms.models import EditorialPage, HomePage
from cms.tree.steps import STEPS
from practices.models import (
    MunicipalityIndexPage,
    PracticePage,
    ReviewTask,
    SignpostIndexPage,
)
from practices.services.moderation.workflow import WORKFLOW
from practices.services.setup.steps import Step
from tests import filling
from tests.standing import standing

BY_NAME = {step.name: step for step in STEPS}


class Interrupted(BaseException):
    """What ends a process, nothing catches."""


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """A site as migrations leave it."""
    filling.empty()


def run(*options: str) -> str:
    output = io.StringIO()
    call_command("setup", *options, stdout=output)
    return output.getvalue()


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """All that stands in the database."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("sqlite_"):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """What comes of a setup that nothing interrupts."""
    with django_db_blocker.unblock(), transaction.atomic():
        filling.empty()
        for step in STEPS:
            if step.name != "index":
                step.do()
        made = standing()
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()
    return made


def test_from_nothing_to_a_site_with_all_its_pages_and_without_demo_content(
    client: Client,
) -> None:
    said = run()
    for step in STEPS:
        assert f"{step.title} …" in said
    for address in ("/", "/gemeenten/", "/wegwijzers/", "/praktijken/", "/privacy/", "/colofon/"):
        assert client.get(address).status_code == 200, address
    assert not PracticePage.objects.exists()
    assert not User.objects.exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == [WORKFLOW]
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert Page.find_problems() == ([], [], [], [], [])
    assert "--admin" in said, "who administers it must be told"


def test_a_second_time_nothing_changes_in_any_table() -> None:
    run()
    before = tables()
    assert len(before) > 50
    said = run()
    assert tables() == before
    assert said.count("niets te doen") == len(STEPS)


@pytest.mark.parametrize("missing", sorted(BY_NAME.keys() - {"index"}))
def test_a_site_in_which_a_step_was_left_out_is_completed(
    missing: str, whole: dict[str, Any]
) -> None:
    for step in STEPS:
        if step.name not in {missing, "index"}:
            # Without its predecessor a step may have no ground to stand on.
            with suppress(Exception), transaction.atomic():
                step.do()
    run()
    assert standing() == whole


@pytest.mark.parametrize("interrupted", sorted(BY_NAME.keys() - {"index"}))
def test_a_setup_that_is_interrupted_is_completed_by_the_next(
    interrupted: str, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_after_it() -> list[str]:
        with transaction.atomic():
            BY_NAME[interrupted].do()
            raise Interrupted

    steps = [
        Step(step.name, step.title, stop_after_it) if step.name == interrupted else step
        for step in STEPS
        if step.name != "index"
    ]
    monkeypatch.setattr(setup.Command, "steps", steps)
    with pytest.raises(Interrupted):
        run()
    monkeypatch.undo()
    run()
    assert standing() == whole


def test_what_stood_under_wagtails_welcome_moves_along(whole: dict[str, Any]) -> None:
    welcome = Site.objects.get().root_page
    own = welcome.add_child(instance=Page(title="Van onszelf", slug="van-onszelf"))
    own.add_child(instance=Page(title="Daaronder", slug="daaronder"))
    welcome.add_child(instance=SignpostIndexPage(title="Onze WegWijzers", slug="wegwijzers"))
    said = run()
    assert "‘Van onszelf’ verplaatst" in said
    assert Page.objects.get(slug="daaronder").get_url() == "/van-onszelf/daaronder/"
    assert SignpostIndexPage.objects.get().get_url() == "/wegwijzers/"
    assert SignpostIndexPage.objects.get().title == "Onze WegWijzers"
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Page.find_problems() == ([], [], [], [], [])
    assert standing()["groups"] == whole["groups"]
    before = tables()
    run()
    assert tables() == before


def test_a_tree_that_was_made_by_hand_is_completed_and_keeps_its_texts(client: Client) -> None:
    home = HomePage(title="Ons huis", slug="huis", lead="Van onszelf.")
    Page.get_first_root_node().add_child(instance=home)
    home.add_child(instance=MunicipalityIndexPage(title="Steden", slug="gemeenten", live=False))
    privacy = EditorialPage(title="Onze privacy", slug="privacy", body="<p>Van ons.</p>")
    home.add_child(instance=privacy)
    said = run()
    assert "‘Steden’ gepubliceerd" in said
    assert "begint nu met ‘Ons huis’" in said
    assert MunicipalityIndexPage.objects.get().live
    assert "Van ons." in client.get("/privacy/").content.decode()
    assert client.get("/colofon/").status_code == 200
    assert EditorialPage.objects.filter(slug="privacy").count() == 1
    assert HomePage.objects.get().title == "Ons huis"


def test_what_an_editor_removed_or_took_offline_stays_so() -> None:
    run()
    EditorialPage.objects.get(slug="colofon").delete()
    MunicipalityIndexPage.objects.get().unpublish()
    before = tables()
    run()
    assert tables() == before


def test_what_an_administrator_switched_off_or_unbound_is_mended_and_told() -> None:
    run()
    Workflow.objects.get().deactivate()
    ReviewTask.objects.get().groups.clear()
    assert "beoordeling door de redactie geldt nu" in run()
    page = MunicipalityIndexPage.objects.get()
    assert page.get_workflow().tasks.get().active
    assert list(ReviewTask.objects.values_list("groups__name", flat=True)) == ["Nuansa-redactie"]


def test_another_page_at_an_address_of_ours_is_named_and_nothing_is_half_done() -> None:
    run()
    SignpostIndexPage.objects.get().delete()
    home = HomePage.objects.get()
    home.add_child(instance=EditorialPage(title="Iets anders", slug="wegwijzers", body="<p>x</p>"))
    before = tables()
    with pytest.raises(CommandError, match="heeft een andere pagina al het adres ‘wegwijzers’"):
        run()
    assert tables() == before


def test_a_site_that_begins_with_a_page_of_another_kind_is_left_and_told() -> None:
    run()
    Site.objects.update(root_page=EditorialPage.objects.get(slug="privacy"))
    with pytest.raises(CommandError, match="geen startpagina van WegWijzer"):
        run()


def test_a_demo_is_an_older_site_to_which_nothing_lacks() -> None:
    call_command("demo", stdout=io.StringIO())
    practices = PracticePage.objects.count()
    users = User.objects.count()
    said = run()
    assert (PracticePage.objects.count(), User.objects.count()) == (practices, users)
    # The demo leaves its index to `prepare`.
    assert said.count("niets te doen") >= len(STEPS) - 1
