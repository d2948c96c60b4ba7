"""The newest public practices of some municipalities."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from practices.models import PracticePage
from practices.selectors.cards import Card, public_cards
from practices.selectors.public import public_pages
from practices.selectors.retirement import not_archived


class Shared(NamedTuple):
    """What a municipality shares: its newest practices, and how many there are."""

    practices: list[Card]
    total: int


def shared_practices(codes: Collection[str], *, each: int) -> dict[str, Shared]:
    """By the code of a municipality its newest practices, `each` at most; three queries."""
    own = F("municipality")
    order = [F("first_published_at").desc(), F("pk").desc()]
    rows = (
        not_archived(public_pages(PracticePage))
        .filter(municipality__code__in=codes)
        .annotate(
            place=Window(RowNumber(), partition_by=own, order_by=order),
            total=Window(Count("pk"), partition_by=own),
        )
        .filter(place__lte=each)
        .order_by("place")
        .values_list("pk", "municipality__code", "total")
    )
    found: dict[str, Shared] = {}
    listed = list(rows)
    cards = public_cards([key for key, _code, _total in listed])
    for key, code, total in listed:
        shared = found.setdefault(code, Shared([], total))
        if key in cards:
            shared.practices.append(cards[key])
    return found
