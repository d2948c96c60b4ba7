"""Writes about people: invitations, accounts and the municipalities they write for."""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction

from practices.models import (
    Act,
    Invitation,
    InvitationState,
    Municipality,
    MunicipalityGroup,
    Role,
    users,
)
from practices.models.roles import EDITORS, OFFICIALS
from practices.services.audit.recording import record
from practices.services.mails.queue import take_back
from practices.services.people import newcomers
from practices.services.people.mails import INVITATION, send_invitation
from practices.services.people.roles import ensure_municipality_group
from practices.services.people.selectors import account_of, municipalities_of, waiting
from practices.services.people.sessions import end_sessions
from practices.services.people.tokens import hashed, new_token
from practices.services.record import ensure_municipality_page
from search import clock

GROUPS = {Role.OFFICIAL: OFFICIALS, Role.EDITOR: EDITORS}
"""The groups that give a role; an administrator needs none."""
VALID = timedelta(days=7)
ADDRESS_KEPT = timedelta(days=30)
"""After an invitation expired, in case it is sent again."""


class InvitationError(Exception):
    """The invitation can't be used (any more); `state` says why."""

    def __init__(self, state: InvitationState | None) -> None:
        super().__init__(state)
        self.state = state


class AccountExistsError(Exception):
    """Somebody has an account with this address: they log in instead of making another."""


@transaction.atomic
def invite(
    *,
    email: str,
    municipalities: Collection[Municipality] = (),
    by: User,
    role: Role = Role.OFFICIAL,
) -> Invitation:
    """Invite somebody: an official to write for municipalities; the mail is queued.

    An invitation to the same address that expired makes way. Raises `IntegrityError` when one is
    still open.
    """
    invitation, token = make_invitation(
        email=email, municipalities=municipalities, by=by, role=role
    )
    send_invitation(invitation=invitation.pk, token=token)
    return invitation


@transaction.atomic
def make_invitation(
    *, email: str, municipalities: Collection[Municipality], by: User | None, role: Role
) -> tuple[Invitation, str]:
    """An invitation with its token, which nobody was mailed yet; the municipalities get groups.

    One to the same address that expired is withdrawn.
    """
    now = clock.now()
    email = email.strip().lower()
    for expired in waiting(email).select_for_update().filter(expires_at__lte=now):
        _take_back(expired)
    for municipality in municipalities:
        ensure_municipality_group(page=ensure_municipality_page(municipality=municipality))
    token = new_token()
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        invited_by=by,
        made_at=now,
        expires_at=now + VALID,
        token_hash=hashed(token),
    )
    invitation.municipalities.set(municipalities)
    record(Act.INVITED, by=by, on=invitation, role=str(role))
    return invitation, token


@transaction.atomic
def send_again(*, invitation: int) -> Invitation:
    """Mail a new link, valid for a week again; the old link stops working.

    Raises `InvitationError` for one that was used or withdrawn, or whose address was removed.
    """
    row = _locked(pk=invitation)
    if row is None or row.used_at or row.withdrawn_at or not row.email:
        raise InvitationError(row.state if row else None)
    token = new_token()
    row.token_hash, row.expires_at, row.mailed_at = hashed(token), clock.now() + VALID, None
    row.save(update_fields=["token_hash", "expires_at", "mailed_at"])
    take_back(kind=INVITATION, key=row.pk)
    send_invitation(invitation=row.pk, token=token)
    record(Act.INVITED_AGAIN, on=row)
    return row


@transaction.atomic
def withdraw(*, invitation: int) -> None:
    """Take an invitation back, with its address. Raises `InvitationError` if it was used."""
    row = _locked(pk=invitation)
    if row is None or row.used_at:
        raise InvitationError(row.state if row else None)
    _take_back(row)


@transaction.atomic
def accept(*, token: str, first_name: str, last_name: str, password: str) -> User:
    """Make the account of who was invited; only one of two who do so at once gets it.

    The user name is the address: that makes it unique, also for two invitations at once. Raises
    `InvitationError` when the invitation can't be used, `AccountExistsError` when somebody has an
    account with its address.
    """
    invitation = _open(token)
    if account_of(invitation.email) is not None:
        raise AccountExistsError
    fields = users.account_fields(
        email=invitation.email, first_name=first_name, last_name=last_name
    )
    user: User = get_user_model()._default_manager.create_user(**fields, password=password)
    _use(invitation, user)
    return user


@transaction.atomic
def join(*, token: str, user: User) -> None:
    """Give somebody who has an account the municipalities of an invitation to their address.

    Raises `InvitationError` when it can't be used or was sent to somebody else.
    """
    invitation = _open(token)
    account = account_of(invitation.email)
    if account is None or account.pk != user.pk:
        raise InvitationError(None)
    _use(invitation, user)


@transaction.atomic
def set_municipalities(
    *, person: User, municipalities: Collection[Municipality], by: User | None = None
) -> None:
    """Let an official write for exactly these municipalities; who writes there already is told."""
    before = set(municipalities_of(person))
    wanted = [
        ensure_municipality_group(page=ensure_municipality_page(municipality=municipality))
        for municipality in municipalities
    ]
    links = MunicipalityGroup.objects.filter(group__user=person).exclude(group__in=wanted)
    person.groups.remove(*Group.objects.filter(municipality_link__in=links))
    person.groups.add(*wanted)
    _tell_of(person, Role.OFFICIAL, [one for one in municipalities if one not in before], by)


@transaction.atomic
def deactivate(*, person: User) -> None:
    """Shut somebody out at once, on every device; what they wrote stays, with their name in it."""
    users.people().filter(pk=person.pk).update(is_active=False)
    end_sessions(person=person)
    record(Act.DEACTIVATED, on=person)


@transaction.atomic
def reactivate(*, person: User) -> None:
    """Let somebody in again, with the password that they had."""
    users.people().filter(pk=person.pk).update(is_active=True)
    record(Act.ACTIVATED, on=person)


def remove_old_addresses() -> int:
    """Remove addresses from invitations that expired 30 days ago; how many. For the nightly job."""
    old = Invitation.objects.filter(expires_at__lte=clock.now() - ADDRESS_KEPT)
    return old.exclude(email="").update(email="")


def _take_back(row: Invitation) -> None:
    """Withdraw an invitation, with its address and with the mail that may still wait."""
    row.withdrawn_at, row.email = row.withdrawn_at or clock.now(), ""
    row.save(update_fields=["withdrawn_at", "email"])
    take_back(kind=INVITATION, key=row.pk)
    record(Act.INVITATION_WITHDRAWN, on=row)


def _locked(**found_by: object) -> Invitation | None:
    return Invitation.objects.select_for_update().filter(**found_by).first()


def _open(token: str) -> Invitation:
    """The invitation of a token, locked, so that whoever comes second finds it used."""
    invitation = _locked(token_hash=hashed(token))
    if invitation is None or invitation.state != InvitationState.OPEN or not invitation.email:
        raise InvitationError(invitation.state if invitation else None)
    return invitation


def _use(invitation: Invitation, user: User) -> None:
    before = set(municipalities_of(user))
    municipalities = [one.current for one in invitation.municipalities.all()]
    groups = [
        ensure_municipality_group(page=ensure_municipality_page(municipality=municipality))
        for municipality in municipalities
    ]
    if invitation.role == Role.ADMINISTRATOR:
        users.people().filter(pk=user.pk).update(is_superuser=True, is_staff=True)
        record(Act.RIGHTS_GIVEN, by=user, on=user, rights=["is_superuser"])
    else:
        user.groups.add(Group.objects.get_or_create(name=GROUPS[Role(invitation.role)])[0], *groups)
    invitation.used_at, invitation.used_by, invitation.email = clock.now(), user, ""
    invitation.save(update_fields=["used_at", "used_by", "email"])
    record(Act.INVITATION_USED, by=user, on=invitation, role=invitation.role)
    new = [one for one in municipalities if one not in before]
    _tell_of(user, Role(invitation.role), new, invitation.invited_by)


def _tell_of(
    person: User, role: Role, municipalities: Collection[Municipality], by: User | None
) -> None:
    if municipalities or role != Role.OFFICIAL:
        newcomers.tell_of(person=person, role=role, municipalities=municipalities, by=by)
