"""The admin's screens about people, for editors; and where an official begins a practice."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_passes_test

from practices.admin.people.forms import InvitationForm, MunicipalitiesForm
from practices.models import Invitation, Role, users
from practices.services.people import accounts
from practices.services.people.permissions import (
    may_manage,
    may_manage_people,
    may_send_again,
    may_withdraw,
    roles_to_give,
)
from practices.services.people.selectors import (
    invitations,
    municipalities_of,
    municipality_pages_of,
    teams,
)

PER_PAGE = 50
ON_ITS_WAY = gettext_lazy("The invitation is on its way by mail. Its link works for 7 days.")

View = Callable[..., HttpResponse]

for_editors: Callable[[View], View] = user_passes_test(may_manage_people)
"""Refuses everybody else, as Wagtail refuses."""


@for_editors
def invitation_list(request: HttpRequest) -> HttpResponse:
    """All invitations with their states."""
    page = Paginator(invitations(roles_to_give(request.user)), PER_PAGE).get_page(
        request.GET.get("p")
    )
    rows = [
        {
            "invitation": invitation,
            "may_withdraw": may_withdraw(request.user, invitation),
            "may_send_again": may_send_again(request.user, invitation),
        }
        for invitation in page
    ]
    return TemplateResponse(
        request, "practices/admin/people/invitations.html", {"rows": rows, "page_obj": page}
    )


@for_editors
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    roles = roles_to_give(request.user)
    form = InvitationForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.invite(
                email=form.cleaned_data["email"],
                municipalities=form.cleaned_data["municipalities"],
                by=_user(request),
                role=form.cleaned_data["role"],
            )
        except IntegrityError:
            # Another editor was quicker.
            messages.error(request, _("This address has just been invited."))
        else:
            messages.success(request, str(ON_ITS_WAY))
        return redirect("practices_people:invitations")
    title = _("Invite an official") if roles == {Role.OFFICIAL} else _("Invite somebody")
    context = {"form": form, "title": title}
    return TemplateResponse(request, "practices/admin/people/invite.html", context)


@for_editors
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    if not may_withdraw(request.user, get_object_or_404(Invitation, pk=pk)):
        messages.error(request, _("This invitation can't be withdrawn any more."))
        return redirect("practices_people:invitations")
    try:
        accounts.withdraw(invitation=pk)
        messages.success(request, _("The invitation has been withdrawn: its link stopped working."))
    except accounts.InvitationError:
        messages.error(request, _("This invitation can't be withdrawn any more."))
    return redirect("practices_people:invitations")


@for_editors
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    if not may_send_again(request.user, get_object_or_404(Invitation, pk=pk)):
        messages.error(request, _("This invitation can't be sent again. Make a new one."))
        return redirect("practices_people:invitations")
    try:
        accounts.send_again(invitation=pk)
        messages.success(request, str(ON_ITS_WAY))
    except accounts.InvitationError:
        messages.error(request, _("This invitation can't be sent again. Make a new one."))
    return redirect("practices_people:invitations")


@for_editors
def officials(request: HttpRequest) -> HttpResponse:
    """Who writes for which municipality."""
    return TemplateResponse(
        request,
        "practices/admin/people/officials.html",
        {
            "teams": [
                {
                    "municipality": team.municipality,
                    "rows": [
                        {"person": person, "may_manage": may_manage(request.user, person)}
                        for person in team.people
                    ],
                }
                for team in teams()
            ]
        },
    )


@for_editors
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut an official out at once."""
    person = _official(request, pk)
    accounts.deactivate(person=person)
    messages.success(
        request,
        _("%(name)s can't log in any more. What this person wrote stays.")
        % {"name": users.name_of(person)},
    )
    return redirect("practices_people:officials")


@for_editors
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an official in again."""
    person = _official(request, pk)
    accounts.reactivate(person=person)
    messages.success(request, _("%(name)s can log in again.") % {"name": users.name_of(person)})
    return redirect("practices_people:officials")


@for_editors
def municipalities(request: HttpRequest, pk: int) -> HttpResponse:
    """For which municipalities an official writes."""
    person = _official(request, pk)
    initial = {"municipalities": list(municipalities_of(person))}
    form = MunicipalitiesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        accounts.set_municipalities(
            person=person,
            municipalities=form.cleaned_data["municipalities"],
            by=_user(request),
        )
        messages.success(
            request,
            _("Saved for which municipalities %(name)s writes.") % {"name": users.name_of(person)},
        )
        return redirect("practices_people:officials")
    context = {"form": form, "person": person}
    return TemplateResponse(request, "practices/admin/people/municipalities.html", context)


def new_practice(request: HttpRequest) -> HttpResponse:
    """Straight to the form; who writes for several municipalities chooses one first."""
    pages = list(municipality_pages_of(_user(request)))
    choices = [
        {
            "name": page.municipality.shown_name,
            "url": reverse("wagtailadmin_pages:add", args=("practices", "practicepage", page.pk)),
        }
        for page in pages
    ]
    if len(choices) == 1:
        return redirect(choices[0]["url"])
    return TemplateResponse(
        request, "practices/admin/people/new_practice.html", {"choices": choices}
    )


def _official(request: HttpRequest, pk: int) -> User:
    """An official whom the user may manage; a 404 for everybody else, known or not."""
    person = users.people().filter(pk=pk).first()
    if person is None or not may_manage(request.user, person):
        raise Http404
    return person


def _user(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
