"""Archiving a practice, and bringing it back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from practices.admin.moderation.views import for_editors, user_of
from practices.models import PracticePage
from practices.models.permission_testers import is_archived
from practices.services.moderation import archive
from practices.services.moderation.decision_forms import RetireForm
from practices.services.moderation.permissions import may_retire


@for_editors
def retire(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask why, then archive; of what is archived offer the way back."""
    page = _page(request, page_id)
    archived = is_archived(page)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if archived or not form.is_valid():
        status = 400 if form.is_bound else 200
        title = _("Back from the archive") if archived else _("Move to the archive")
        context = {
            "title": title,
            "subtitle": page.title,
            "icon": "download",
            "page": page,
            "form": form,
            "archived": archived,
        }
        return render(request, "practices/admin/moderation/retire.html", context, status=status)
    try:
        archive.retire(page=page, user=user_of(request), reason=form.cleaned_data["reason"])
    except archive.UnderReviewError:
        messages.error(request, _("A new version was submitted. Decide on that first."))
    else:
        messages.success(request, _("“%(title)s” is in the archive.") % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


@for_editors
@require_POST
def bring_back(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a practice out of the archive."""
    page = _page(request, page_id)
    if archive.bring_back(page=page, user=user_of(request)):
        messages.success(request, _("“%(title)s” is in the lists again.") % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


def _page(request: HttpRequest, page_id: int) -> PracticePage:
    page: PracticePage = get_object_or_404(PracticePage, pk=page_id)
    if not may_retire(request.user, page):
        raise PermissionDenied
    return page
