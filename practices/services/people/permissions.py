"""Who may do what with people and with what belongs to a municipality: plain predicates."""

from django.contrib.auth.models import AnonymousUser, User
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from practices.configuration import configuration
from practices.models import Invitation, InvitationState, PracticePage, Role
from practices.models.roles import EDITORS, OFFICIALS, is_editor

WRITING = frozenset({"add", "change"})


def is_official(user: User | AnonymousUser) -> bool:
    """Whether somebody writes for a municipality only: nothing but their own things is shown.

    An editor is none. Where a site says that its admin is for practices only, all others are;
    elsewhere it may have people of its own.
    """
    if is_editor(user) or not user.has_perm("wagtailadmin.access_admin"):
        return False
    return configuration().only_practices or _is_in(user, OFFICIALS)


def _is_in(user: User | AnonymousUser, group: str) -> bool:
    """Whether somebody is in a group; asked once of the object, which lives for a request."""
    known: frozenset[str] | None = getattr(user, "_practices_groups", None)
    if known is None:
        known = frozenset(user.groups.values_list("name", flat=True))
        setattr(user, "_practices_groups", known)  # noqa: B010 (not a field of the model)
    return group in known


def may_manage_people(user: User | AnonymousUser) -> bool:
    """Whether somebody invites officials, and deactivates them."""
    return user.is_active and is_editor(user)


def may_manage(user: User | AnonymousUser, person: User) -> bool:
    """Whether somebody deactivates this person: officials only, never an editor or themselves."""
    return (
        may_manage_people(user)
        and person.pk != user.pk
        and not person.is_superuser
        and person.groups.filter(name=OFFICIALS).exists()
        and not person.groups.filter(name=EDITORS).exists()
    )


def roles_to_give(user: User | AnonymousUser) -> frozenset[Role]:
    """As what somebody may invite others: editors officials, administrators everybody."""
    if not may_manage_people(user):
        return frozenset()
    return frozenset(Role) if user.is_superuser else frozenset({Role.OFFICIAL})


def may_withdraw(user: User | AnonymousUser, invitation: Invitation) -> bool:
    """Whether somebody takes an invitation back: as long as nobody used it."""
    return invitation.role in roles_to_give(user) and invitation.state in {
        InvitationState.OPEN,
        InvitationState.EXPIRED,
    }


def may_send_again(user: User | AnonymousUser, invitation: Invitation) -> bool:
    """Whether somebody sends an invitation again: not after it was used or its address removed."""
    return may_withdraw(user, invitation) and bool(invitation.email)


def may_write(user: User | AnonymousUser, page: int) -> bool:
    """Whether somebody writes on the page of this id, or below it; False when there is none."""
    return pages_to_write(user).filter(pk=page).exists()


def pages_to_write(user: User | AnonymousUser) -> "Page":
    """The pages on or below which somebody writes, as a queryset."""
    return PagePermissionPolicy().instances_user_has_any_permission_for(user, WRITING)


def may_delete(user: User | AnonymousUser, page: Page) -> bool:
    """Whether somebody deletes a page: what was public once stays, retired, so no address breaks.

    Administrators may, because a court may ask it.
    """
    was_public = isinstance(page.specific, PracticePage) and page.first_published_at is not None
    return user.is_superuser or not was_public
