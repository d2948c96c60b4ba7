"""What Wagtail's admin must do differently here."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from practices.admin import audit, reports
from practices.admin.considerations import hooks as considering  # noqa: F401 (registers its hooks)
from practices.admin.figures import hooks as figures  # noqa: F401 (registers its hooks)
from practices.admin.moderation import hooks as moderation  # noqa: F401 (registers its hooks)
from practices.admin.people import hooks as people  # noqa: F401 (registers its hooks)
from practices.admin.practice_form.viewset import PracticePageViewSet
from practices.admin.reach import hooks as reach  # noqa: F401 (registers its hook)
from practices.admin.registers import RegisterGroup
from practices.admin.reorganisation import hooks as reorganisation  # noqa: F401 (registers its hooks)
from practices.admin.vocabularies import hooks as vocabularies  # noqa: F401 (registers its hooks)

modeladmin_register(RegisterGroup)
hooks.register("register_admin_viewset", PracticePageViewSet)


@hooks.register("register_admin_urls")
def checks_urls() -> list[URLResolver]:
    """What the panel beside the form of a practice asks and sends."""
    return [path("praktijken/", include("practices.admin.practice_form.urls"))]


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    """The reports on what the search set aside, and on who did what."""
    return [*reports.urls, *audit.urls]


@hooks.register("register_reports_menu_item")
def item_of_report() -> MenuItem:
    """The first of them in the menu."""
    return reports.menu_item()


@hooks.register("register_reports_menu_item")
def item_of_audit() -> MenuItem:
    """The second."""
    return audit.menu_item()
