"""The editors' screens of the reorganisations."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from practices.admin.reorganisation.forms import ReorganisationForm, initial_of
from practices.models import Reorganisation
from practices.services.reorganisation import steps
from practices.services.reorganisation.permissions import (
    may_carry_out,
    may_change,
    may_reorganise,
    may_settle,
)
from practices.services.reorganisation.preview import preview, undo_preview
from practices.services.reorganisation.selectors import old_of, reorganisations

PER_PAGE = 50

View = Callable[..., HttpResponse]

for_editors: Callable[[View], View] = user_passes_test(may_reorganise)
"""Refuses everybody else, as Wagtail refuses."""


@for_editors
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """All reorganisations with their states."""
    page = Paginator(reorganisations(), PER_PAGE).get_page(request.GET.get("p"))
    return _screen(request, "list", _("Reorganisations"), page_obj=page)


@for_editors
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare one."""
    form = ReorganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = steps.prepare(**form.cleaned_data, by=_user(request))
        messages.success(request, _("The reorganisation is prepared. Nothing has changed yet."))
        return redirect("practices_reorganisation:show", row.pk)
    return _screen(request, "form", _("Prepare a reorganisation"), form=form)


@for_editors
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one that is only prepared."""
    row = get_object_or_404(Reorganisation, pk=pk)
    if not may_change(row):
        return redirect("practices_reorganisation:show", pk)
    data = request.POST if request.method == "POST" else None
    form = ReorganisationForm(data, row=row, initial=initial_of(row))
    if form.is_valid():
        arguments = {**form.cleaned_data, "by": _user(request), "instead_of": pk}
        _try(request, lambda: steps.prepare(**arguments), _("Saved."))
        return redirect("practices_reorganisation:show", pk)
    return _screen(request, "form", _("Change the reorganisation"), form=form, row=row)


@for_editors
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What one will do, or did and what undoing will do; with what can be done with it now."""
    row = get_object_or_404(Reorganisation.objects.select_related("new"), pk=pk)
    is_due = may_carry_out(row, timezone.localdate())
    context = {
        "row": row,
        "old": old_of(row),
        "preview": preview(row) if may_change(row) else None,
        "undo": undo_preview(row) if may_settle(row) else None,
        "may_change": may_change(row),
        "is_due": is_due,
    }
    return _screen(request, "show", row.new_title, **context)


@for_editors
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one that is only prepared."""
    get_object_or_404(Reorganisation, pk=pk)
    text = _("The reorganisation has been withdrawn.")
    if _try(request, lambda: steps.withdraw(reorganisation=pk), text):
        return redirect("practices_reorganisation:list")
    return redirect("practices_reorganisation:show", pk)


@for_editors
@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the old municipalities go into the new one."""
    text = _("Done. Look at the result; you can still undo everything.")
    return _act(request, pk, steps.carry_out, text)


@for_editors
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it final."""
    return _act(request, pk, steps.confirm, _("The reorganisation is final."))


@for_editors
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everything back."""
    return _act(request, pk, steps.undo, _("Everything is back where it stood."))


def _act(request: HttpRequest, pk: int, service: Callable[..., Any], text: str) -> HttpResponse:
    get_object_or_404(Reorganisation, pk=pk)
    _try(request, lambda: service(reorganisation=pk, by=_user(request)), text)
    return redirect("practices_reorganisation:show", pk)


def _try(request: HttpRequest, action: Callable[[], object], text: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        action()
    except steps.NotPossibleError as error:
        for reason in error.reasons:
            messages.error(request, reason)
        return False
    except Reorganisation.DoesNotExist:
        messages.error(request, _("This reorganisation has just been withdrawn."))
        return False
    messages.success(request, text)
    return True


def _screen(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    index = reverse("practices_reorganisation:list")
    crumbs = [{"url": index, "label": _("Reorganisations")}]
    if name != "list":
        crumbs.append({"url": "", "label": title})
    context |= {
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *crumbs],
        "header_icon": "resubmit",
        "header_title": title,
        "page_title": title,
    }
    return TemplateResponse(request, f"practices/admin/reorganisation/{name}.html", context)


def _user(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
