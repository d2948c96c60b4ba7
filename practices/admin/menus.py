"""Items of the admin's menus."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class ItemFor(MenuItem):
    """An item that only those see who may open what it leads to."""

    def __init__(
        self, may: Callable[[User | AnonymousUser], bool], label: Any, url: str, **options: Any
    ) -> None:
        """`may`: the same predicate that guards the view; the rest as Wagtail has it."""
        super().__init__(label, url, **options)
        self._may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return self._may(request.user)
