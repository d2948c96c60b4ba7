"""The page and its menu item in Wagtail's admin, registered by `practices.wagtail_hooks`."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.admin.considerations import urls
from practices.admin.menus import ItemFor
from practices.services.people.permissions import is_official


@hooks.register("register_admin_urls")
def considering_urls() -> list[URLResolver]:
    """What is considered."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def considering_item() -> MenuItem:
    """What the official's municipality considers."""
    return ItemFor(
        is_official, _("We consider this"), reverse("practices_considering:list"),
        name="considering", icon_name="view", order=20,
    )  # fmt: skip
