"""What the plugin does to the admin of a site is needed for its own pages, or has a key."""

from collections.abc import Iterator
from dataclasses import fields
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.test import Client
from wagtail import hooks
from wagtail.models import GroupPagePermission, Page

from practices.admin.people.hooks import (
    editors_publish_new_pages,
    first_page,
    hide_drafts_of_others,
    keep_all_that_was_public,
    keep_what_was_public,
)
from practices.configuration import MENU_ITEMS, Configuration
from practices.models.roles import EDITORS, OFFICIALS
from practices.services.people.permissions import is_official
from tests.factories import EditorialPageFactory, PracticePageFactory, SiteTree

NEEDED = {
    "register_admin_urls": "addresses of our own screens, which add to those of a site",
    "register_admin_viewset": "the form of a practice",
    "register_account_menu_item": "an item for one's own account, beside those of a site",
    "register_permissions": "rights on our own models",
    "register_log_actions": "what the history of our own models says",
    "register_admin_menu_item": "left out by MENU_ITEMS",
    "register_reports_menu_item": "left out by MENU_ITEMS",
    "register_admin_search_area": "only our own models",
    "construct_page_action_menu": "pages under our review only, unless ONLY_PRACTICES",
    "before_edit_page": "pages under our review only: what is approved must have been seen",
    "before_serve_document": "files of municipalities only: drafts have theirs",
    "insert_global_admin_css": "classes of our own screens only",
}
"""Hooks that no key switches off, each with the reason."""


HISTORY = "/beheer/reports/site-history/"
"""A view that is not for officials."""


def ours() -> Iterator[tuple[str, Any]]:
    hooks.search_for_hooks()
    for name, registered in hooks._hooks.items():
        for hook, _order in registered:
            if any(one.startswith("practices") for one in modules_of(hook)):
                yield name, hook


def modules_of(hook: Any) -> Iterator[str]:
    """Where a hook comes from: its function, its object, or what it is a closure of."""
    cells = [cell.cell_contents for cell in getattr(hook, "__closure__", None) or ()]
    for source in (hook, getattr(hook, "__self__", None), *cells):
        yield getattr(source, "__module__", None) or ""


def test_every_hook_is_needed_or_has_a_key() -> None:
    keys = {field.name.upper() for field in fields(Configuration)}
    found = list(ours())
    assert len(found) > 20
    assert {
        f"{name}: {hook.__module__}"
        for name, hook in found
        if name not in NEEDED and getattr(hook, "switch", None) not in keys
    } == set()


def test_every_item_of_ours_has_its_name_in_menu_items() -> None:
    made = {
        hook().name
        for name, hook in ours()
        if name in ("register_admin_menu_item", "register_reports_menu_item")
    }
    assert made == set(MENU_ITEMS)


@pytest.mark.parametrize("item", MENU_ITEMS)
def test_an_item_that_a_site_does_not_want_is_not_there(
    settings: Any, admin_user: User, item: str
) -> None:
    kept = [one for one in MENU_ITEMS if one != item]
    settings.WEGWIJZER = {"MENU_ITEMS": kept}
    made = [
        hook()
        for name, hook in ours()
        if name in ("register_admin_menu_item", "register_reports_menu_item")
    ]
    request = HttpRequest()
    request.user = admin_user
    for name in ("construct_main_menu", "construct_reports_menu"):
        for hook in hooks.get_hooks(name):
            hook(request, made)
    assert sorted(one.name for one in made) == sorted(kept)


def somebody(name: str, *groups: str) -> User:
    """Who may use the admin, and is in these groups."""
    user = User.objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(*(Group.objects.get(name=group) for group in groups))
    return user


@pytest.fixture
def moderator(site_tree: SiteTree) -> User:
    """Somebody of the site's own, who has nothing to do with practices."""
    group, _made = Group.objects.get_or_create(name="Moderators of the site")
    group.permissions.add(*Group.objects.get(name=OFFICIALS).permissions.all())
    return somebody("moderator", group.name)


def test_people_of_a_site_are_no_officials(settings: Any, moderator: User) -> None:
    assert is_official(moderator)
    settings.WEGWIJZER = {}
    assert not is_official(moderator)
    assert is_official(somebody("official", OFFICIALS))
    assert not is_official(somebody("editor", EDITORS))


def test_people_of_a_site_keep_their_first_page_and_menu(
    settings: Any, moderator: User, client: Client
) -> None:
    settings.WEGWIJZER = {}
    client.force_login(moderator)
    shown = client.get("/beheer/").content.decode()
    assert "Mijn gemeente" not in shown
    assert client.get(HISTORY).status_code == 200


def test_officials_have_a_plain_first_page_where_a_site_wants_that(
    settings: Any, site_tree: SiteTree, client: Client
) -> None:
    official = somebody("official", OFFICIALS)
    client.force_login(official)
    settings.WEGWIJZER = {"ALLOW_LIST": True}
    assert '<h1 class="w-h1 w-mt-0">Mijn gemeente' in client.get("/beheer/").content.decode()
    settings.WEGWIJZER = {"HOME_PANELS": False}
    assert '<h1 class="w-h1 w-mt-0">Mijn gemeente' not in client.get("/beheer/").content.decode()
    request = HttpRequest()
    request.user = official
    panels: list[Any] = []
    first_page(request, panels)
    assert panels == []


def test_officials_open_every_view_where_a_site_wants_that(
    settings: Any, site_tree: SiteTree, client: Client
) -> None:
    client.force_login(somebody("official", OFFICIALS))
    settings.WEGWIJZER = {}
    assert client.get(HISTORY).status_code == 302
    settings.WEGWIJZER = {"ALLOW_LIST": False}
    assert client.get(HISTORY).status_code == 200


def test_drafts_are_chosen_where_a_site_wants_that(settings: Any, site_tree: SiteTree) -> None:
    draft = PracticePageFactory(live=False)
    request = cast("HttpRequest", SimpleNamespace(user=somebody("official", OFFICIALS)))
    pages = Page.objects.all()
    settings.WEGWIJZER = {}
    assert not hide_drafts_of_others(pages, request).filter(pk=draft.pk).exists()
    settings.WEGWIJZER = {"HIDE_DRAFTS": False}
    assert hide_drafts_of_others(pages, request).filter(pk=draft.pk).exists()


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_was_public_is_kept_unless_a_site_wants_otherwise(
    settings: Any, site_tree: SiteTree, client: Client, is_kept: bool
) -> None:
    settings.WEGWIJZER = {"KEEP_PUBLISHED": is_kept}
    page = PracticePageFactory()
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    request = client.get("/beheer/").wsgi_request
    request.user = somebody("editor", EDITORS)
    assert (keep_what_was_public(request, page) is not None) is is_kept
    stand_in = SimpleNamespace()
    answer = keep_all_that_was_public(request, "delete", [page], stand_in)
    assert (answer is not None) is is_kept


@pytest.mark.parametrize("may", [True, False])
def test_editors_publish_new_pages_unless_a_site_wants_otherwise(
    settings: Any, site_tree: SiteTree, may: bool
) -> None:
    settings.WEGWIJZER = {"EDITORS_PUBLISH_NEW_PAGES": may}
    page = EditorialPageFactory(parent=site_tree.home)
    editors_publish_new_pages(HttpRequest(), page)
    granted = GroupPagePermission.objects.filter(
        page=page, group__name=EDITORS, permission__codename="publish_page"
    )
    assert granted.exists() is may
