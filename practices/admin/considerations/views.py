"""The page of an official: what is considered, with its buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_passes_test

from practices.admin.considerations.forms import ConsiderForm
from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.indexes.registers import Registers
from practices.indexes.searching import log_failure
from practices.limits import allow
from practices.models import Consideration, IntroductionAnswer, Says, users
from practices.services.considerations import steps
from practices.services.considerations.cells import Cell, read_cell
from practices.services.considerations.first import is_filled
from practices.services.considerations.overview import considered_by
from practices.services.considerations.permissions import may_answer, may_consider, may_withdraw
from practices.services.considerations.selectors import TO_ANSWER
from practices.services.people.selectors import municipalities_of
from search.engines.base import EngineError

IN_AN_HOUR = 40
"""So often an official may add something: each time others may be mailed."""
LIST = "practices_considering:list"

View = Callable[..., HttpResponse]

for_officials: Callable[[View], View] = user_passes_test(may_consider)
"""Refuses everybody else, as Wagtail refuses."""


@for_officials
def considering(request: HttpRequest) -> HttpResponse:
    """What is considered; with the white spot of the address to add, which a POST does."""
    known, person = registers.current(), _user(request)
    if query := renewed_query(request.GET, known.former):
        return redirect(f"{request.path}?{query}", preserve_request=True)
    cell, notices = read_cell(request.GET, known.facets)
    if request.GET and cell is None:
        notices.append(_("This is no white spot that can be considered. Choose one in the table."))
    places = municipalities_of(person)
    sent = request.POST if request.method == "POST" else None
    form = ConsiderForm(sent, places=places) if cell and places else None
    if form is not None and cell is not None and form.is_valid():
        _consider(request, person, cell, form.cleaned_data, known)
        return redirect(LIST)
    if request.method == "POST" and form is None:
        messages.error(request, _("Nothing was added. Choose a white spot in the table."))
        return redirect(LIST)
    context = {
        "cell": cell,
        "notices": notices,
        "form": form,
        "places": places,
        "is_filled": cell is not None and _is_filled(cell, known),
        "considered": considered_by(person),
        "days": TO_ANSWER.days,
        "most": steps.MOST,
    }
    return TemplateResponse(request, "practices/admin/considerations/list.html", context)


def _consider(
    request: HttpRequest, person: User, cell: Cell, data: dict[str, Any], known: Registers
) -> None:
    """Add it, and say what came of that."""
    if not allow("consider", str(person.pk), times=IN_AN_HOUR):
        messages.error(request, _("That was asked very often. Wait an hour and try again."))
        return
    try:
        is_new = steps.consider(
            cell=cell,
            municipality=data["municipality"],
            by=person,
            note=data["note"],
            is_filled=_is_filled(cell, known),
        )
    except steps.TooManyError:
        text = _("Your municipality considers %(most)d things already. Withdraw one first.")
        messages.error(request, text % {"most": steps.MOST})
        return
    if is_new:
        text = _("Noted. You get a mail when another municipality considers this too.")
        messages.success(request, text)
    else:
        messages.info(request, _("Your municipality considers this already."))


def _is_filled(cell: Cell, known: Registers) -> bool:
    """Whether there is a practice there already; False too where no engine answers."""
    try:
        return is_filled(cell, known)
    except EngineError as error:
        log_failure(error)
        return False


@for_officials
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Consider something no longer."""
    row = Consideration.objects.filter(pk=pk).first()
    if row is None or not may_withdraw(_user(request), row):
        raise Http404
    steps.withdraw(consideration=pk)
    messages.success(request, _("Withdrawn. Nothing of it is kept."))
    return redirect(LIST)


@for_officials
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the municipality wants to meet the other one."""
    row = IntroductionAnswer.objects.filter(pk=pk).select_related("consideration").first()
    if row is None or not may_answer(_user(request), row):
        raise Http404
    says = request.POST.get("antwoord", "")
    if says not in (Says.YES, Says.NO):
        messages.error(request, _("Choose yes or no."))
        return redirect(LIST)
    if says == Says.YES and not users.email_of(_user(request)):
        messages.error(
            request,
            _("Your account has no e-mail address, so that nobody can reach you. Ask the editors."),
        )
        return redirect(LIST)
    _answer(request, pk, Says(says))
    return redirect(LIST)


def _answer(request: HttpRequest, pk: int, says: Says) -> None:
    try:
        are_introduced = steps.answer(answer=pk, by=_user(request), says=says)
    except steps.ClosedError:
        messages.error(request, _("This question can't be answered any more."))
        return
    if are_introduced:
        messages.success(request, _("You both want to meet. Look in your mail."))
    elif says == Says.YES:
        messages.success(request, _("Your yes is kept. You get a mail if the other says yes too."))
    else:
        messages.success(request, _("Your no is kept. The other municipality hears nothing of it."))


def _user(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
