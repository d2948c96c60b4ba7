"""How many public practices there are, without the archive."""

from collections.abc import Iterable

from django.db.models import Count

from practices.models import PracticePage
from practices.selectors.public import public_pages
from practices.selectors.retirement import not_archived


def practices_by_municipality(among: Iterable[int] | None = None) -> dict[int, int]:
    """The number of public practices by the municipality's primary key; one query.

    Of all municipalities, or of some by their keys; one without practices is absent.
    """
    pages = not_archived(public_pages(PracticePage)).order_by()
    if among is not None:
        pages = pages.filter(municipality__in=list(among))
    return dict(pages.values_list("municipality").annotate(practices=Count("pk")))
