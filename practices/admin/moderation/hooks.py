"""What the review adds to Wagtail's admin, and keeps out of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.models import Page, WorkflowState

from practices.admin.menus import ItemFor
from practices.admin.moderation import urls
from practices.configuration import configuration
from practices.models import MunicipalityIndexPage, MunicipalityPage, PracticePage
from practices.models.permission_testers import is_archived
from practices.services.moderation.permissions import current_review, may_retire, may_review
from practices.services.moderation.selectors import waiting


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """The queue and the review."""
    return urls.urlpatterns


class QueueMenuItem(ItemFor):
    """The queue, with how much waits."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        label = _("To review (%(number)d)") % {"number": waiting().count()}
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """Above everything else: it is what editors come for."""
    return QueueMenuItem(
        may_review,
        gettext_lazy("To review"),
        reverse("practices_queue"),
        name="te-beoordelen",
        icon_name="clipboard-list",
        order=50,
    )


class LinkItem(ActionMenuItem):
    """A link among the actions of the form of a page."""

    def __init__(self, name: str, label: str, url: str, icon_name: str, order: int) -> None:
        super().__init__(order)
        self.name, self.label, self.icon_name, self.url = name, label, icon_name, url

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return self.url


class SubmitItem(SubmitForModerationMenuItem):
    """Submitting in one word; Wagtail names the workflow or its task."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        is_back = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return context | {"label": _("Submit again") if is_back else _("Submit")}


def _plain(item: ActionMenuItem) -> ActionMenuItem:
    return SubmitItem(item.order) if isinstance(item, SubmitForModerationMenuItem) else item


def _is_ours(page: Page | None) -> bool:
    """Whether the review is for this page, or for what is made below it."""
    return configuration().only_practices or isinstance(
        page, (PracticePage, MunicipalityPage, MunicipalityIndexPage)
    )


@hooks.register("construct_page_action_menu")
def decide_on_the_review_page(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Lead to the review, instead of deciding and saving in one go; and to the archive."""
    page = context.get("page")
    if not _is_ours(page or context.get("parent_page")):
        return
    items[:] = [_plain(item) for item in items if not isinstance(item, RestartWorkflowMenuItem)]
    if page is None or context["view"] != "edit":
        return
    review = current_review(page)
    if review is not None:
        items[:] = [item for item in items if not isinstance(item, WorkflowMenuItem)]
        asked_by = (review.workflow_state.requested_by_id, review.submitted_by_id)
        if request.user.pk not in asked_by:
            items[:] = [item for item in items if not isinstance(item, CancelWorkflowMenuItem)]
        if may_review(request.user):
            url = reverse("practices_review", args=[review.pk])
            items.insert(0, LinkItem("review", _("Review"), url, "clipboard-list", 0))
    elif isinstance(page, PracticePage) and may_retire(request.user, page):
        label = _("Back from the archive") if is_archived(page) else _("Move to the archive")
        url = reverse("practices_retire", args=[page.pk])
        items.append(LinkItem("retire", label, url, "download", 90))


@hooks.register("before_edit_page")
def no_decision_with_the_form(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's form saves and decides at once, so that what is approved is what nobody saw."""
    review = current_review(page) if request.POST.get("action-workflow-action") else None
    if review is None:
        return None
    if not may_review(request.user):
        raise PermissionDenied
    messages.warning(request, _("Decide here. What you changed in the form was not saved."))
    return redirect("practices_review", review.pk)
