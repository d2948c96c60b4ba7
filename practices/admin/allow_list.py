"""The allow-list of the admin for officials: what is not listed here stays shut.

Wagtail's secondary views (reports, APIs, usage, bulk actions, tags …) show titles and names of
every municipality. An official needs few of them, so the rest is refused as a whole, and a view
that a later version adds is refused until somebody lists it.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_noop
from wagtail.admin.auth import permission_denied

from practices.configuration import configuration
from practices.services.people.permissions import is_official, may_write

FOR_OFFICIALS = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "practices_sessions",
        "wagtailadmin_dismissibles",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        # Writing.
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:workflow_history_detail",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        # Links and documents in what is written.
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:chosen",
        "wagtaildocs_chooser:chosen_multiple",
        "wagtaildocs_chooser:create",
        # Ours.
        "practices_people:new_practice",
        "practices_considering:list",
        "practices_considering:withdraw",
        "practices_considering:answer",
        "practice_checks:report",
        "practice_checks:overrule",
    }
)
REFUSAL = gettext_noop("Sorry, you do not have permission to access this area.")
"""What Wagtail says then; our translation of it fits what does not exist as well."""
OF_A_PAGE = "wagtailadmin_pages:"
"""The views that are about one page, which must be the official's own."""
WITH_OWN_REFUSAL = "practice_checks:"
"""Views for a script, which refuse what is not the official's with the 404 of what is not there."""
LISTS = frozenset({"wagtailadmin_explore_root", "wagtailadmin_explore"})
"""Where Wagtail goes back to after writing; an official goes to "Mijn gemeente" instead."""


SEARCH = "wagtailadmin_pages:search"
"""The search of the menu; for an official it looks through "Mijn gemeente"."""


class AllowListMiddleware:
    """An official gets the listed views only, and only with pages of their own.

    What may not be seen is refused in exactly the way in which what does not exist is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and _concerns(request):
            match = request.resolver_match
            if not (match and match.view_name.startswith(WITH_OWN_REFUSAL)):
                return refuse(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Refuse before the view runs."""
        if not _concerns(request):
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in LISTS:
            return redirect("wagtailadmin_home")
        if name == SEARCH:
            query = urlencode({"q": request.GET.get("q", "")})
            return redirect(f"{reverse('wagtailadmin_home')}?{query}")
        if name not in FOR_OFFICIALS or not _is_own(request, name, kwargs):
            return refuse(request)
        return None


def refuse(request: HttpRequest) -> HttpResponse:
    """The one refusal, Wagtail's own: a message on the admin's first page, a 403 for a script."""
    response: HttpResponse = permission_denied(request)
    # Wagtail's views say this of all their answers; without it the refusals could be told apart.
    add_never_cache_headers(response)
    return response


def is_in_admin(request: HttpRequest) -> bool:
    """Whether an address is one of the admin's; a site may have none."""
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def _concerns(request: HttpRequest) -> bool:
    return configuration().allow_list and is_in_admin(request) and is_official(request.user)


def _is_own(request: HttpRequest, name: str, kwargs: Mapping[str, Any]) -> bool:
    """Whether the page that an address names is one on which this official writes."""
    if not name.startswith(OF_A_PAGE):
        return True
    page = kwargs.get("page_id") or kwargs.get("parent_page_id") or kwargs.get("pk")
    return page is not None and may_write(request.user, int(page))
