"""What Wagtail's admin must do differently here."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_modeladmin.options import modeladmin_register

from practices import reports
from practices.checks.viewset import PracticePageViewSet
from practices.modeladmins import RegisterGroup
from practices.moderation import wagtail_hooks as moderation_hooks  # noqa: F401 (registers its hooks)
from practices.roles import is_editor

# Reports show titles of pages of every municipality.
FOR_EDITORS = {"reports"}

modeladmin_register(RegisterGroup)
hooks.register("register_admin_viewset", PracticePageViewSet)


@hooks.register("register_admin_urls")
def checks_urls() -> list[URLResolver]:
    """What the panel beside the form of a practice asks and sends."""
    return [path("praktijken/", include("practices.checks.urls"))]


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer what is public and what the user may edit; Wagtail offers every draft's title."""
    own = PagePermissionPolicy().explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("construct_main_menu")
def keep_menu_short(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out of an official's menu what is about all municipalities."""
    if not is_editor(request.user):
        menu_items[:] = [item for item in menu_items if item.name not in FOR_EDITORS]


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    """The report on what the search set aside."""
    return reports.urls


@hooks.register("register_reports_menu_item")
def item_of_report() -> MenuItem:
    """The same in the menu."""
    return reports.menu_item()
