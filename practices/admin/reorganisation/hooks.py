"""Registers the screens of the reorganisations, by way of `practices.wagtail_hooks`."""

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.admin.menus import ItemFor
from practices.admin.reorganisation import urls
from practices.services.reorganisation.permissions import may_reorganise


@hooks.register("register_admin_urls")
def reorganisation_urls() -> list[Any]:
    """The screens."""
    return [path("", include(urls))]


def menu_item(order: int) -> MenuItem:
    """The item among the registers."""
    return ItemFor(
        may_reorganise, _("Reorganisations"), reverse("practices_reorganisation:list"),
        name="reorganisations", icon_name="resubmit", order=order,
    )  # fmt: skip
