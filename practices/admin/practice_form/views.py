"""What the panel beside the form asks: a new report, and to overrule a contradiction."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from practices.admin.practice_form.panel import FRAGMENT, fragment_context, report_of
from practices.admin.practice_form.unsaved import is_form, unsaved_page
from practices.limits import MinuteLimit
from practices.models import PracticePage
from practices.services.checks import overruling
from practices.services.checks.facts import draft_of
from practices.services.checks.permissions import may_overrule, may_see_checks

TIMES_A_MINUTE = 60

# It saves work and guards nothing: each process may count for itself.
report_limit = MinuteLimit("practice-checks", is_shared=False)


@require_POST
@csrf_protect
@never_cache
def report(request: HttpRequest, page_id: int) -> HttpResponse:
    """The report on what the form holds now, as a fragment; nothing is saved."""
    page = _latest(request, page_id)
    if not report_limit.ask(str(request.user.pk), times=TIMES_A_MINUTE).is_allowed:
        return HttpResponse(status=429)
    return _fragment(request, _as_typed(request, page))


@require_POST
@csrf_protect
@never_cache
def overrule(request: HttpRequest, page_id: int) -> HttpResponse:
    """Overrule a contradiction with a reason, or take that back.

    With the form's fields the answer is a new report; without them (no script) the form again.
    """
    page = _latest(request, page_id)
    if not may_overrule(request.user, page):
        raise Http404
    typed = _as_typed(request, page)
    rule = request.POST.get("overrule-rule", "")
    error = _write(request, typed, rule)
    if is_form(request.POST):
        context = {"error_rule": rule, "error": error} if error else {}
        return _fragment(request, typed, status=400 if error else 200, **context)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("Your reason is saved. The editor sees it."))
    return redirect("wagtailadmin_pages:edit", page_id)


def _write(request: HttpRequest, page: PracticePage, rule: str) -> str:
    """Do what is asked; the sentence that says why not, or nothing."""
    if "overrule-withdraw" in request.POST:
        overruling.withdraw(practice=page, rule=rule)
        return ""
    try:
        overruling.overrule(
            practice=page,
            draft=draft_of(page),
            rule=rule,
            reason=request.POST.get("overrule-reason", ""),
            author=request.user,
        )
    except ValidationError as problem:
        return str(problem.messages[0])
    return ""


def _latest(request: HttpRequest, page_id: int) -> PracticePage:
    """The latest revision of a practice that the user may edit.

    A practice that does not exist and one that is another's answer the same: a 404.
    """
    page = PracticePage.objects.filter(pk=page_id).first()
    if page is None or not may_see_checks(request.user, page):
        raise Http404
    latest: PracticePage = page.get_latest_revision_as_object()
    return latest


def _as_typed(request: HttpRequest, page: PracticePage) -> PracticePage:
    if not is_form(request.POST):
        return page
    return unsaved_page(page=page, data=request.POST, user=request.user)


def _fragment(
    request: HttpRequest, page: PracticePage, status: int = 200, **more: str
) -> HttpResponse:
    context = fragment_context(request, page, report_of(page), **more)
    return render(request, FRAGMENT, context, status=status)
