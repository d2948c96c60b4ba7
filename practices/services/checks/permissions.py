"""Who may see the checks of a practice, and who may overrule one."""

from django.contrib.auth.models import AnonymousUser, User

from practices.models import PracticePage


def may_see_checks(user: User | AnonymousUser, page: PracticePage) -> bool:
    """Whoever may edit the practice; nobody else learns that it exists."""
    return bool(page.permissions_for_user(user).can_edit())


def may_overrule(user: User | AnonymousUser, page: PracticePage) -> bool:
    """Whoever may edit it now: while an editor reviews it, it is locked for its author."""
    lock = page.get_lock()
    return may_see_checks(user, page) and not (lock and lock.for_user(user))
