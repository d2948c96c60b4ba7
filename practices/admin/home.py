"""The first page of the admin: "Mijn gemeente" for an official, what waits for an editor."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime, now
from wagtail.admin.ui.components import Component

from practices.models import Invitation, MunicipalityPage, PracticePage, Role
from practices.services.checks.completeness import missing
from practices.services.checks.facts import draft_of
from practices.services.considerations.selectors import questions_to, standing
from practices.services.moderation import confirmations
from practices.services.moderation.selectors import waiting
from practices.services.moderation.states import PracticeState, states_of
from practices.services.people.permissions import (
    is_official,
    may_manage_people,
    roles_to_give,
)
from practices.services.people.selectors import editors, municipality_pages_of, officials

MOST = 200
"""Practices of one official on the first page; nobody has written so many."""
EDITORS_NEEDED = 2
"""Nobody approves the own work."""
ORDER = (
    PracticeState.CHANGES_ASKED,
    PracticeState.DRAFT,
    PracticeState.PUBLISHED_WITH_DRAFT,
    PracticeState.REVIEW_DUE,
    PracticeState.SUBMITTED,
    PracticeState.PUBLISHED,
    PracticeState.RETIRED,
)
"""The states in the order in which they ask something of the author."""
BEING_WRITTEN = frozenset(ORDER[:3])


@dataclass(frozen=True)
class OwnPractice:
    """One line of "Mijn gemeente"."""

    title: str
    municipality: str
    changed_at: Any
    edit_url: str
    public_url: str
    confirm_url: str
    is_newer_draft: bool
    asked: str
    missing: list[str]


@dataclass(frozen=True)
class Group:
    """The practices in one state."""

    state: PracticeState
    practices: list[OwnPractice]


class MyMunicipality(Component):
    """Own practices by state, with what the editor asked and what is still missing."""

    name = "my_municipality"
    template_name = "practices/admin/home/my_municipality.html"
    order = 100

    def __init__(self, user: User, sought: str = "") -> None:
        self._user = user
        self._sought = sought

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        pages = list(municipality_pages_of(self._user))
        return {
            "groups": own_practices(pages, sought=self._sought),
            "sought": self._sought,
            "municipalities": [page.municipality.shown_name for page in pages],
            "new_url": reverse("practices_people:new_practice"),
            "questions": questions_to(self._user),
            "considering_url": reverse("practices_considering:list"),
        }


class WhatWaits(Component):
    """Counts for editors, with the way to each list."""

    name = "what_waits"
    template_name = "practices/admin/home/what_waits.html"
    order = 100

    def __init__(self, user: User | AnonymousUser) -> None:
        self._user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        roles = roles_to_give(self._user)
        invited = Invitation.objects.filter(
            role__in=roles, used_at=None, withdrawn_at=None, expires_at__gt=now()
        )
        open_to = Counter(invited.values_list("role", flat=True))
        counts = {
            "submitted": waiting(PracticeState.SUBMITTED).count(),
            "changes_asked": waiting(PracticeState.CHANGES_ASKED).count(),
            "published": PracticePage.objects.live().count(),
        }
        return {
            **counts,
            "invitations": open_to.total(),
            "considered": standing().count(),
            "to_invite": "" if any(counts.values()) else _to_invite(roles, open_to),
            "queue_url": reverse("practices_queue"),
            "back_url": f"{reverse('practices_queue')}?toestand={PracticeState.CHANGES_ASKED}",
        }


def _to_invite(roles: Collection[Role], open_to: Mapping[str, int]) -> str:
    """Whom a site without practices lacks and nobody invited yet: editors first, then officials."""
    if Role.EDITOR in roles and editors().count() + open_to[Role.EDITOR] < EDITORS_NEEDED:
        return Role.EDITOR
    return "" if open_to[Role.OFFICIAL] or officials().exists() else Role.OFFICIAL


def arrange_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Give an official one panel, and editors ours before Wagtail's."""
    user: User | AnonymousUser = request.user
    if user.is_authenticated and is_official(user):
        panels[:] = [MyMunicipality(user, request.GET.get("q", "").strip())]
    elif may_manage_people(user):
        panels.insert(0, WhatWaits(user))


def own_practices(pages: Iterable[MunicipalityPage], *, sought: str = "") -> list[Group]:
    """The practices below these pages by state, those that ask something first.

    With `sought`, only those whose title, public or not, holds that text.
    """
    names = {page.municipality_id: page.municipality.shown_name for page in pages}
    practices = list(
        PracticePage.objects.filter(municipality__in=names)
        .filter(Q(title__icontains=sought) | Q(draft_title__icontains=sought))
        .select_related("latest_revision")
        .order_by("-latest_revision_created_at")[:MOST]
    )
    states = states_of(page.pk for page in practices)
    returned = [pk for pk, state in states.items() if state == PracticeState.CHANGES_ASKED]
    asked = _asked(returned)
    groups: dict[PracticeState, list[OwnPractice]] = {state: [] for state in ORDER}
    for page in practices:
        line = _line(page, states[page.pk], names[page.municipality_id], asked.get(page.pk, ""))
        groups[states[page.pk]].append(line)
    return [Group(state, lines) for state, lines in groups.items() if lines]


def _line(page: PracticePage, state: PracticeState, municipality: str, asked: str) -> OwnPractice:
    is_written = state in BEING_WRITTEN
    draft: Any = page.get_latest_revision_as_object() if is_written else page
    since = confirmations.since_of(page) if state == PracticeState.REVIEW_DUE else None
    return OwnPractice(
        title=page.get_admin_display_title(),
        municipality=municipality,
        changed_at=localtime(page.latest_revision_created_at or page.last_published_at),
        edit_url=reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        public_url=page.get_url() if page.live else "",
        confirm_url=confirmations.confirm_address(page, since) if since else "",
        is_newer_draft=page.live and page.has_unpublished_changes,
        asked=asked,
        missing=[one.sentence for one in missing(draft_of(draft))] if is_written else [],
    )


def _asked(keys: list[int]) -> dict[int, str]:
    """What the editor wrote when asking for changes, by the page that went back."""
    decisions = waiting(PracticeState.CHANGES_ASKED).filter(
        workflow_state__object_id__in=[str(key) for key in keys]
    )
    return {
        int(key): comment
        for key, comment in decisions.values_list("workflow_state__object_id", "comment")
    }
