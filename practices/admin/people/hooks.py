"""What Wagtail's admin must do differently for people, registered by `practices.wagtail_hooks`."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import CollectionMember, Page, PageQuerySet

from practices.admin import home, sessions
from practices.admin.allow_list import refuse
from practices.admin.menus import ItemFor
from practices.admin.people import urls
from practices.admin.switches import switched
from practices.configuration import MENU_ITEMS, configuration
from practices.models.owners import owner_of
from practices.services.people.files import may_see
from practices.services.people.permissions import is_official, may_delete, may_manage_people
from practices.services.people.reach import choosable_pages
from practices.services.people.roles import let_editors_publish

MENU_OF_OFFICIALS = {"my-municipality", "considering"}
"""The items of the menu that are an official's; all others are left out."""
TOP_DEPTH = 2
"""The depth of the home page."""


@hooks.register("register_admin_urls")
def people_urls() -> list[Any]:
    """The screens about people."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def my_municipality() -> MenuItem:
    """The first page of the admin, under the name by which officials know it."""
    return ItemFor(
        is_official, _("My municipality"), reverse("wagtailadmin_home"),
        name="my-municipality", icon_name="home", order=1,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def officials_item() -> MenuItem:
    """Who writes for which municipality."""
    return ItemFor(
        may_manage_people, _("Officials"), reverse("practices_people:officials"),
        name="officials", icon_name="group", order=310,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def invitations_item() -> MenuItem:
    """Invitations."""
    return ItemFor(
        may_manage_people, _("Invitations"), reverse("practices_people:invitations"),
        name="invitations", icon_name="mail", order=320,
    )  # fmt: skip


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
def leave_items_out(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out those of our items that the site does not want."""
    unwanted = set(MENU_ITEMS).difference(configuration().menu_items)
    menu_items[:] = [item for item in menu_items if item.name not in unwanted]


leave_items_out.switch = "MENU_ITEMS"


# Last, so that no other hook adds something after it.
@hooks.register("construct_main_menu", order=1000)
@switched("SHORT_MENU")
def keep_menu_short(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave an official only what is theirs."""
    if is_official(request.user):
        menu_items[:] = [item for item in menu_items if item.name in MENU_OF_OFFICIALS]


@hooks.register("insert_global_admin_css")
def people_css() -> str:
    """The look of the screens about people."""
    return format_html(
        '<link rel="stylesheet" href="{}">', versioned_static("practices/admin/people.css")
    )


@hooks.register("register_admin_urls")
def sessions_urls() -> list[URLPattern]:
    """Where somebody is logged in."""
    return sessions.urls


@hooks.register("register_account_menu_item")
def sessions_item(request: HttpRequest) -> dict[str, Any]:
    """The way there, on the page of one's own account."""
    return {
        "url": reverse("practices_sessions"),
        "label": _("Where you are logged in"),
        "help_text": _("See in which browsers, and log out everywhere else."),
    }


@hooks.register("construct_homepage_panels")
@switched("HOME_PANELS")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    """What the first page of the admin shows."""
    home.arrange_panels(request, panels)


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer what is public and what the user may edit; Wagtail offers every draft's title."""
    return choosable_pages(pages, request.user) if configuration().hide_drafts else pages


hide_drafts_of_others.switch = "HIDE_DRAFTS"


@hooks.register("before_serve_document")
def serve_document(document: Any, request: HttpRequest) -> None:
    """Serve a municipality's document only to who may see it, else as one that does not exist."""
    if not may_see(request.user, document):
        raise Http404


@hooks.register("before_delete_page")
@switched("KEEP_PUBLISHED")
def keep_what_was_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A practice that was public is retired, never deleted, so that its address stays."""
    return None if may_delete(request.user, page) else refuse(request)


@hooks.register("before_bulk_action")
@switched("KEEP_PUBLISHED")
def keep_all_that_was_public(
    request: HttpRequest, action: str, objects: list[Any], view: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action == "delete" and not all(may_delete(request.user, page) for page in pages):
        return refuse(request)
    return None


@hooks.register("before_bulk_action")
@switched("HIDE_DRAFTS")
def keep_files_with_their_owner(
    request: HttpRequest, action: str, objects: list[Any], view: Any
) -> HttpResponse | None:
    """Many at once leave their municipality no more than one does (`practices.admin.documents`)."""
    files = [one for one in objects if isinstance(one, CollectionMember)]
    if action == "add_to_collection" and any(owner_of(file) for file in files):
        return refuse(request)
    return None


@hooks.register("after_create_page")
@switched("EDITORS_PUBLISH_NEW_PAGES")
def editors_publish_new_pages(request: HttpRequest, page: Page) -> None:
    """Editors publish a page that was made directly below the home page, as its siblings."""
    if page.depth == TOP_DEPTH + 1:
        let_editors_publish(page=page)
