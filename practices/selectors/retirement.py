"""Which practices are retired: readable at their address, but left out of lists."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from practices.models import HistoryEntry, PracticePage

ARCHIVED = "gearchiveerd"
"""The value of the facet `status` that finds them."""


def is_retired(page: str = "pk") -> Exists:
    """Whether a practice is retired now, as an expression; `page` leads to its id."""
    return Exists(
        HistoryEntry.objects.filter(
            page=OuterRef(page), kind=HistoryEntry.Kind.RETIRED, ended_at=None
        )
    )


def not_archived(pages: "QuerySet[PracticePage]") -> "QuerySet[PracticePage, Any]":
    """Those that lists and counts show by themselves."""
    return pages.filter(~is_retired())
