"""Queries to the searches of the admin, made harmless before they reach the database."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from practices.admin.allow_list import is_in_admin

LONGEST = 200
"""Characters; nobody types more, and some databases fail on thousands of words."""
NAME = "q"

_MARKS = re.compile(r"[^\w\s.@'-]+")


class PlainQueryMiddleware:
    """Leaves only letters, digits and the like in queries to the admin's searches.

    SQLite answers a single odd quotation mark with an error, and PostgreSQL a NUL.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NAME in request.GET and is_in_admin(request):
            query: Any = request.GET.copy()
            query[NAME] = plain(query[NAME])
            request.GET = query
        return self.get_response(request)


def plain(text: str) -> str:
    """A query without quotation marks, operators and control characters, of limited length."""
    return " ".join(_MARKS.sub(" ", text).split())[:LONGEST]
