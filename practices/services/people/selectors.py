"""Reads about people."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet

from practices.models import Invitation, Municipality, MunicipalityGroup, MunicipalityPage
from practices.models.roles import OFFICIALS
from practices.services.people.tokens import hashed


def account_of(email: str) -> User | None:
    """The account with this address, however it is written; the user name decides first."""
    if not email:
        return None
    accounts = list(User.objects.filter(Q(username__iexact=email) | Q(email__iexact=email))[:50])
    named = [account for account in accounts if account.username.lower() == email.lower()]
    return next(iter(named or accounts), None)


def find_invitation(token: str) -> Invitation | None:
    """The invitation whose link holds this token."""
    return Invitation.objects.filter(token_hash=hashed(token)).first()


def invitations() -> "QuerySet[Invitation]":
    """All invitations for a list, the newest first."""
    return Invitation.objects.select_related("invited_by", "used_by").prefetch_related(
        "municipalities"
    )


def municipalities_of(person: User) -> "QuerySet[Municipality]":
    """The municipalities for which somebody writes."""
    return Municipality.objects.filter(officials__group__user=person).order_by("name")


def municipality_pages_of(person: User) -> "QuerySet[MunicipalityPage]":
    """The pages under which somebody writes practices."""
    pages: QuerySet[MunicipalityPage] = (
        MunicipalityPage.objects.filter(municipality__officials__group__user=person)
        .select_related("municipality")
        .order_by("municipality__name")
    )
    return pages


@dataclass(frozen=True)
class Team:
    """The officials of one municipality; None collects those without a municipality."""

    municipality: Municipality | None
    people: list[User] = field(default_factory=list)


def teams() -> list[Team]:
    """All officials by municipality; who writes for two stands in both."""
    # By key: the prefetch below joins the groups for a purpose of its own.
    everybody = User.objects.filter(groups__name=OFFICIALS).values("pk")
    officials = User.objects.filter(pk__in=everybody).order_by("last_name", "first_name", "pk")
    links: Iterable[MunicipalityGroup] = (
        MunicipalityGroup.objects.select_related("municipality")
        .prefetch_related(Prefetch("group__user_set", queryset=officials, to_attr="officials"))
        .order_by("municipality__name")
    )
    found = [
        Team(link.municipality, getattr(link.group, "officials"))  # noqa: B009 (made by Prefetch)
        for link in links
    ]
    placed = {person.pk for team in found for person in team.people}
    others = [person for person in officials if person.pk not in placed]
    return [*(team for team in found if team.people), *([Team(None, others)] if others else [])]
