"""The page in Wagtail's admin, and the way to it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.readiness import views
from practices.admin.menus import ItemFor
from practices.services.readiness.questions import State, answers


class WhatLacks(Component):
    """How many things lack, on the first page of who can do something about it."""

    name = "what_lacks"
    template_name = "cms/readiness/panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        lacking = [answer for _question, answer in answers() if answer.state is not State.READY]
        return {"lacking": lacking, "url": reverse("cms_readiness")}


@hooks.register("register_admin_urls")
def readiness_urls() -> list[URLPattern]:
    """The page, and the button on it."""
    return [
        path("klaar/", views.page, name="cms_readiness"),
        path("klaar/mail/", views.send_mail, name="cms_readiness_mail"),
    ]


@hooks.register("register_settings_menu_item")
def readiness_item() -> MenuItem:
    """Among the settings."""
    return ItemFor(
        views.is_administrator, _("Is this site ready?"), reverse("cms_readiness"),
        name="readiness", icon_name="tick-inverse", order=10,
    )  # fmt: skip


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    """An administrator sees first what lacks."""
    if views.is_administrator(request.user):
        panels.insert(0, WhatLacks())
