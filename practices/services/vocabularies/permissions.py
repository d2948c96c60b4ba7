"""Who keeps the vocabularies."""

from django.contrib.auth.models import AnonymousUser, User

from practices.models.roles import is_editor


def may_manage_terms(user: User | AnonymousUser) -> bool:
    """Whether somebody merges and orders terms; editors add, rename and retire them too."""
    return user.is_active and is_editor(user)
