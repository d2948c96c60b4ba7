"""Registers the screens of the reorganisations, by way of `practices.wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.admin.reorganisation import urls
from practices.services.reorganisation.permissions import may_reorganise


class ReorganisationsMenuItem(MenuItem):
    """The list, for editors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_reorganise(request.user)


@hooks.register("register_admin_urls")
def reorganisation_urls() -> list[Any]:
    """The screens."""
    return [path("", include(urls))]


def menu_item(order: int) -> MenuItem:
    """The item among the registers."""
    return ReorganisationsMenuItem(
        _("Reorganisations"), reverse("practices_reorganisation:list"), name="reorganisations",
        icon_name="resubmit", order=order,
    )  # fmt: skip
