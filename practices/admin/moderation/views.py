"""What editors see of the review: the queue, one submission, and who is on it."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.models import Page

from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.models import PracticePage, ReviewTaskState
from practices.services.checks.facts import draft_of
from practices.services.checks.report import Report, report_on
from practices.services.checks.selectors import overrules_of
from practices.services.moderation import decisions, selectors
from practices.services.moderation.decision_forms import CHECKLIST, FORMS, DecisionForm
from practices.services.moderation.files import described, digest, files_of
from practices.services.moderation.permissions import may_approve, may_review
from practices.services.moderation.states import WAITS_FOR_EDITOR, PracticeState
from practices.services.moderation.versions import fingerprint, fingerprint_of
from practices.services.moderation.working_days import TARGET

View = Callable[..., HttpResponse]

for_editors: Callable[[View], View] = user_passes_test(may_review)
"""Lets in who may review; to everybody else there is nothing here."""


def user_of(request: HttpRequest) -> User:
    """Who asks; raises `PermissionDenied` for a visitor."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


@for_editors
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that was submitted, oldest first."""
    known = registers.current()
    if query := renewed_query(request.GET, known.former):
        return redirect(f"{request.path}?{query}", preserve_request=True)
    asked = request.GET.get("toestand", "")
    state = PracticeState.CHANGES_ASKED if asked == PracticeState.CHANGES_ASKED else None
    state = state or PracticeState.SUBMITTED
    every = selectors.queue(state)
    chosen = {name: request.GET.get(name, "") for name in ("gemeente", "vorm", "wie")}
    places = {entry.municipality_slug: entry.municipality for entry in every}
    formats = known.facets["vorm"].options
    used = {slug for entry in every for slug in entry.format_slugs}
    context = {
        "title": _("To review"),
        "icon": "clipboard-list",
        "entries": selectors.filtered(every, chosen, user_of(request)),
        "total": len(every),
        "overdue": sum(entry.is_overdue for entry in every),
        "target": TARGET,
        "chosen": {**chosen, "toestand": state.value},
        "waits_for_editor": state in WAITS_FOR_EDITOR,
        "municipalities": sorted((item for item in places.items() if item[0]), key=_by_label),
        "formats": [(slug, option.label) for slug, option in formats.items() if slug in used],
        "states": [(one.value, one.label) for one in selectors.STATUSES],
        "here": request.get_full_path(),
    }
    return render(request, "practices/admin/moderation/queue.html", context)


@for_editors
@never_cache
def review(request: HttpRequest, key: int) -> HttpResponse:
    """One submission with its checklist; a POST decides."""
    task_state = _review(key)
    action = request.POST.get("decision", "") if request.method == "POST" else ""
    if action not in FORMS:
        late = _too_late(task_state) if request.GET.get("te-laat") else ""
        return _show(request, task_state, late=late, status=409 if late else 200)
    form = FORMS[action](request.POST)
    if not form.is_valid():
        return _show(request, task_state, form=form, action=action, status=400)
    try:
        _decide(task_state, request, action, form)
    except decisions.AlreadyDecidedError:
        return _show(request, _review(key), late=_too_late(_review(key)), status=409)
    except decisions.VersionChangedError:
        return _show(request, task_state, form=form, action=action, late=_changed(), status=409)
    done = _("“%(title)s” is public now.") if action == "approve" else _("“%(title)s” went back.")
    messages.success(request, done % {"title": task_state.revision.object_str})
    return redirect("practices_queue")


@for_editors
@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Say: I am on it; `van` is whom the editor saw on it, so that nobody is pushed aside."""
    task_state = _review(key)
    holder = request.POST.get("van", "")
    instead_of = int(holder) if holder.isascii() and holder.isdigit() else None
    if not decisions.take(task_state=task_state, user=user_of(request), instead_of=instead_of):
        current = selectors.name_of(_review(key).taken_by)
        messages.warning(
            request,
            _("%(name)s is on it already.") % {"name": current}
            if current
            else _("This no longer waits for a decision."),
        )
    return _back(request)


@for_editors
@require_POST
def give_back(request: HttpRequest, key: int) -> HttpResponse:
    """Say: I am no longer on it."""
    decisions.give_back(task_state=_review(key), user=user_of(request))
    return _back(request)


def _review(key: int) -> ReviewTaskState:
    found = ReviewTaskState.objects.select_related(
        "revision", "workflow_state", "submitted_by", "taken_by", "finished_by"
    )
    return get_object_or_404(found, pk=key)


def _decide(
    task_state: ReviewTaskState, request: HttpRequest, action: str, form: DecisionForm
) -> None:
    decide = decisions.approve if action == "approve" else decisions.ask_for_changes
    data = form.cleaned_data
    decide(
        task_state=task_state,
        user=user_of(request),
        checklist=data,
        text=data["comment"],
        # Without the version that the page showed there is nothing that was looked at.
        seen=data["version"] or "none",
        seen_files=data["files"] or "none",
    )


def _show(
    request: HttpRequest,
    task_state: ReviewTaskState,
    *,
    form: DecisionForm | None = None,
    action: str = "",
    late: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a submission; after a decision it tells what was decided."""
    page = get_object_or_404(Page, pk=task_state.workflow_state.object_id)
    latest = page.get_latest_revision()
    version = fingerprint_of(page)
    is_open = task_state.status == ReviewTaskState.STATUS_IN_PROGRESS
    files = files_of(page)
    shown = {"version": version, "files": digest(files)}
    seen = {**request.POST.dict(), **shown} if form else shown
    context = {
        "task_state": task_state,
        "page": page,
        "latest": latest,
        "title": latest.object_str if latest else page.title,
        "subtitle": _("Review") if is_open else _("Reviewed"),
        "icon": "clipboard-list",
        "entry": next((one for one in selectors.queue() if one.key == task_state.pk), None),
        "is_open": is_open,
        "is_edited": is_open and version != fingerprint(task_state.revision.content),
        "may_approve": is_open and may_approve(request.user, task_state),
        "checks": _checks(page),
        "comments": selectors.open_comments(page),
        "form": form or FORMS["reject"](initial=seen),
        **shown,
        "shown_files": described(files) if is_open else [],
        "action": action,
        "late": late,
        "points": _points(task_state),
        "decided": _decided(task_state),
        "here": reverse("practices_review", args=[task_state.pk]),
    }
    return render(request, "practices/admin/moderation/review.html", context, status=status)


def _checks(page: Page) -> Report | None:
    """What the rules say of the newest version of a practice, with what its author answered."""
    latest = page.specific.get_latest_revision_as_object()
    if not isinstance(latest, PracticePage):
        return None
    return report_on(draft_of(latest), overrules_of(page.pk))


def _decided(task_state: ReviewTaskState) -> str:
    """The decision in words; Wagtail says "rejected" of what goes back to its author."""
    told = {
        ReviewTaskState.STATUS_APPROVED: _("Approved and published"),
        ReviewTaskState.STATUS_REJECTED: _("Changes asked"),
        ReviewTaskState.STATUS_CANCELLED: _("Withdrawn by its author"),
    }
    return told.get(task_state.status, "")


def _points(task_state: ReviewTaskState) -> list[tuple[str, bool]]:
    """The points of a decision that was taken, with whether each was ticked."""
    return [
        (str(CHECKLIST[name]), ticked)
        for name, ticked in task_state.checklist.items()
        if name in CHECKLIST
    ]


def _too_late(task_state: ReviewTaskState) -> str:
    """Who was first."""
    name = selectors.name_of(task_state.finished_by)
    told = {
        ReviewTaskState.STATUS_APPROVED: _(
            "%(name)s has already approved this. Your decision was not kept."
        ),
        ReviewTaskState.STATUS_REJECTED: _(
            "%(name)s has already asked for changes. Your decision was not kept."
        ),
        ReviewTaskState.STATUS_CANCELLED: _(
            "The author withdrew this. Your decision was not kept."
        ),
    }
    return told.get(task_state.status, _changed()) % {"name": name or _("Somebody else")}


def _changed() -> str:
    return _(
        "The text changed while you were looking at it. Your decision was not kept. "
        "Look at the newest version first."
    )


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("terug", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = reverse("practices_queue")
    return redirect(target)


def _by_label(item: tuple[str, str]) -> str:
    return item[1].casefold()
