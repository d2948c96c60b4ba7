"""The newest public practices of some municipalities."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from practices.models import MunicipalityPage, PracticePage
from practices.moderation.retirement import in_practice
from practices.selectors import Card, public_cards, public_pages


def newest_practices(codes: Collection[str], *, each: int) -> dict[str, list[Card]]:
    """By the code of a municipality its newest practices, `each` at most; three queries."""
    place = Window(
        RowNumber(),
        partition_by=F("municipality"),
        order_by=[F("first_published_at").desc(), F("pk").desc()],
    )
    rows = _practices(codes).annotate(place=place).filter(place__lte=each)
    ids = list(rows.order_by("place").values_list("pk", flat=True))
    cards = public_cards(ids)
    found: dict[str, list[Card]] = defaultdict(list)
    for key in ids:
        if key in cards:
            found[cards[key].municipality.code].append(cards[key])
    return found


def practice_counts(codes: Collection[str]) -> dict[str, int]:
    """By the code of a municipality the number of its practices; one query."""
    rows = _practices(codes).values_list("municipality__code")
    return dict(rows.annotate(practices=Count("pk")))


def with_page(codes: Collection[str]) -> set[str]:
    """The codes of those that have a public page; one query."""
    pages = public_pages(MunicipalityPage).filter(municipality__code__in=codes)
    return set(pages.values_list("municipality__code", flat=True))


def _practices(codes: Collection[str]) -> "QuerySet[PracticePage]":
    pages = in_practice(public_pages(PracticePage)).order_by()
    return pages.filter(municipality__code__in=codes)
