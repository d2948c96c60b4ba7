"""Choosing a page to link to: Wagtail's own views, without what others have not published.

Wagtail shows the titles of drafts, also of pages that are live (`draft_title`), when they were last
edited, and whether something unpublished stands below them. For who may not write there, all of
these say what the public page says.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page

from practices.services.people.permissions import is_official, pages_to_write
from practices.services.people.reach import choosable_pages


class Veil:
    """Makes pages look as the public sees them, unless the user writes there."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self._user = user
        self._own: set[int] = set()
        self._asked: set[int] = set()

    def over(self, pages: Iterable[Page]) -> None:
        """Change these objects, which must not be saved; one query for each page."""
        pages = [page for page in pages if page.pk not in self._asked]
        keys = [page.pk for page in pages]
        self._asked.update(keys)
        self._own.update(
            pages_to_write(self._user).filter(pk__in=keys).values_list("pk", flat=True)
        )
        for page in pages:
            if page.pk not in self._own:
                self._hide(page)

    def _hide(self, page: Page) -> None:
        page.draft_title = page.title
        page.has_unpublished_changes = False
        page.latest_revision_created_at = page.last_published_at
        page.locked = False
        if getattr(page, "can_descend", False):
            page.can_descend = choosable_pages(page.get_children(), self._user).exists()


class VeiledColumn(Column):
    """Put before the others: it drops the veil over the page of a row, and shows nothing itself."""

    cell_template_name = "practices/admin/empty_cell.html"
    header_template_name = "practices/admin/empty_cell.html"

    def __init__(self, veil: Veil) -> None:
        super().__init__("veil")
        self._veil = veil

    def get_value(self, instance: Page) -> str:
        self._veil.over([instance])
        return ""


class VeiledView:
    """What both choosers do for officials."""

    request: HttpRequest

    @property
    def columns(self) -> list[Column]:
        """Wagtail's columns behind the veil."""
        columns: list[Column] = super().columns  # type: ignore[misc]
        if is_official(self.request.user):
            return [VeiledColumn(Veil(self.request.user)), *columns]
        return columns


class BrowseView(VeiledView, chooser.BrowseView):
    """The tree, from a page that the user may see."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Refuse to browse below a page that is neither public nor the user's own."""
        if parent_page_id and is_official(request.user):
            parent = choosable_pages(Page.objects.filter(pk=parent_page_id), request.user)
            if not parent.exists():
                raise PermissionDenied
        response: HttpResponse = super().get(request, parent_page_id)
        return response


class SearchView(VeiledView, chooser.SearchView):
    """Pages by title."""


def guarded(view: Any) -> Any:
    """A view as Wagtail guards its own."""
    return never_cache(require_admin_access(view.as_view()))


urlpatterns = [
    path("choose-page/", guarded(BrowseView), name="wagtailadmin_choose_page"),
    path(
        "choose-page/<int:parent_page_id>/",
        guarded(BrowseView),
        name="wagtailadmin_choose_page_child",
    ),
    path("choose-page/search/", guarded(SearchView), name="wagtailadmin_choose_page_search"),
]
