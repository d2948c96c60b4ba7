"""Reads about people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet

from practices.models import (
    Invitation,
    Municipality,
    MunicipalityGroup,
    MunicipalityPage,
    Role,
    users,
)
from practices.models.roles import EDITORS, OFFICIALS
from practices.services.people.tokens import hashed


def account_of(email: str) -> User | None:
    """The account with this address, however it is written; the user name decides first."""
    if not email:
        return None
    by_name = Q(**{f"{get_user_model().USERNAME_FIELD}__iexact": email})
    by_address = Q(**{f"{users.email_field()}__iexact": email})
    accounts = list(users.people().filter(by_name | by_address)[:50])
    named = [account for account in accounts if account.get_username().lower() == email.lower()]
    return next(iter(named or accounts), None)


def administrators() -> "QuerySet[User]":
    """Who administers the site and can log in."""
    return users.people().filter(is_superuser=True, is_active=True)


def editors() -> "QuerySet[User]":
    """Who is an editor by the group, which may approve, and can log in."""
    return users.people().filter(groups__name=EDITORS, is_active=True)


def officials() -> "QuerySet[User]":
    """Who is an official by the group, for whichever municipality, and can log in."""
    return users.people().filter(groups__name=OFFICIALS, is_active=True)


def has_role(person: User, role: Role) -> bool:
    """Whether somebody is an official, an editor or an administrator by their account itself."""
    if role == Role.ADMINISTRATOR:
        return person.is_superuser
    return person.groups.filter(name=OFFICIALS if role == Role.OFFICIAL else EDITORS).exists()


def find_invitation(token: str) -> Invitation | None:
    """The invitation whose link holds this token."""
    return Invitation.objects.filter(token_hash=hashed(token)).first()


def waiting(email: str) -> "QuerySet[Invitation]":
    """The invitation to an address, in small letters, that nobody used or withdrew; or it expired.

    No address has more than one.
    """
    return Invitation.objects.filter(email=email, used_at=None, withdrawn_at=None)


def invitations(roles: Collection[Role]) -> "QuerySet[Invitation]":
    """The invitations to these roles for a list, the newest first."""
    return (
        Invitation.objects.filter(role__in=roles)
        .select_related("invited_by", "used_by")
        .prefetch_related("municipalities")
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
    everybody = users.people().filter(groups__name=OFFICIALS).values("pk")
    officials = users.by_name(users.people().filter(pk__in=everybody))
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
