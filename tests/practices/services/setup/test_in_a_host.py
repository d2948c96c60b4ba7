"""The steps of the plugin alone, as another Wagtail site has them."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Site, Workflow

from practices.models import Municipality, MunicipalityIndexPage, SignpostIndexPage
from practices.models.roles import EDITORS
from practices.services.setup import plugin
from practices.services.setup.steps import SetupError
from tests import filling


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """A site as migrations leave it, with Wagtail's own page, groups and review."""
    filling.empty()


def run() -> dict[str, list[str]]:
    return {step.name: list(step.do()) for step in plugin.STEPS}


def test_the_lists_stand_under_the_home_page_of_the_host_whatever_that_is() -> None:
    home = Site.objects.get().root_page
    run()
    assert MunicipalityIndexPage.objects.child_of(home).get().get_url() == "/gemeenten/"
    assert SignpostIndexPage.objects.child_of(home).get().get_url() == "/wegwijzers/"
    assert Municipality.objects.count() == 342
    assert Site.objects.get().root_page == home


def test_what_wagtail_brings_stays() -> None:
    names = {"Moderators", "Editors"}
    assert {group.name for group in Group.objects.all()} >= names
    workflows = set(Workflow.objects.values_list("pk", flat=True))
    run()
    assert {group.name for group in Group.objects.all()} >= names
    assert set(Workflow.objects.values_list("pk", flat=True)) >= workflows


def test_editors_work_in_our_lists_only() -> None:
    run()
    pages = GroupPagePermission.objects.filter(group__name=EDITORS)
    assert set(pages.values_list("page__slug", flat=True)) == {"gemeenten", "wegwijzers"}
    publish = pages.filter(permission__codename="publish_page")
    assert list(publish.values_list("page__slug", flat=True)) == ["wegwijzers"]
    assert MunicipalityIndexPage.objects.get().get_workflow().name == "Beoordeling door Nuansa"


def test_a_second_time_nothing_is_done() -> None:
    run()
    assert run() == {step.name: [] for step in plugin.STEPS}


def test_without_any_site_the_sentence_says_what_to_do() -> None:
    Site.objects.all().delete()
    with pytest.raises(SetupError, match="Maak er een in het beheer"):
        plugin.LISTS.do()
