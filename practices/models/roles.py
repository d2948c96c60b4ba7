"""The names of the groups that give somebody a role, and who has one."""

from django.contrib.auth.models import AnonymousUser, User

OFFICIALS = "Gemeenteambtenaren"
EDITORS = "Nuansa-redactie"


def is_editor(user: User | AnonymousUser) -> bool:
    """Whether someone keeps the registers: editors and administrators do, officials don't."""
    return user.has_perm("practices.change_term")


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether somebody administers the site."""
    return bool(user.is_active and getattr(user, "is_superuser", False))
