"""Practices to compare: all that everybody may see of a few."""

from collections.abc import Sequence

from practices.models import PracticePage
from practices.moderation.retirement import is_retired
from practices.selectors.public import public_pages, shown_name


def compared_pages(ids: Sequence[int]) -> list[PracticePage]:
    """Those of the practices that are public, in the order of the ids; one query.

    Each has `shown_municipality` and `is_retired`, and lacks its long texts.
    """
    if not ids:
        return []
    pages = (
        public_pages(PracticePage)
        .filter(pk__in=list(ids))
        .select_related("municipality")
        .annotate(shown_municipality=shown_name("municipality"), is_retired=is_retired())
        .defer("approach", "evaluation")
    )
    known = {page.pk: page for page in pages}
    return [known[key] for key in ids if key in known]
