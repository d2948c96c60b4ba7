"""Who sees the figures."""

from django.contrib.auth.models import AnonymousUser, User

from practices.services.people.permissions import may_manage_people


def may_see_figures(user: User | AnonymousUser) -> bool:
    """Editors: the figures are about all municipalities."""
    return may_manage_people(user)
