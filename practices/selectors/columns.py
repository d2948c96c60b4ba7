"""The columns of a practice that every list shows, and what each list reads beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet

from practices.addresses import practice_address
from practices.models import PracticePage
from practices.selectors.periods import period
from practices.selectors.public import public_pages, shown_name


# Not frozen: such a row would take nine times as long to make.
@dataclass(slots=True)
class PracticeColumns:
    """A practice as the database gives it; a list that needs more columns adds fields.

    Each field is the name of a column or of an annotation. `Prepared` gives yes and no as numbers.
    """

    pk: int
    title: str
    slug: str
    summary: str
    start_year: int | None
    end_year: int | None
    is_running: bool
    is_fictional: bool
    municipality__code: str
    municipality__slug: str
    shown_municipality: str

    @classmethod
    def of(cls, pages: "QuerySet[PracticePage]") -> "QuerySet[PracticePage, tuple[Any, ...]]":
        """The columns of the pages, in their order: values to make objects of this class with."""
        named = pages.annotate(shown_municipality=shown_name("municipality"))
        return named.values_list(*(one.name for one in fields(cls)))

    @property
    def address(self) -> str:
        """The path of its page."""
        return practice_address(self.municipality__slug, self.slug)

    @property
    def period(self) -> str:
        """The years in which it ran, in words."""
        return period(self.start_year, self.end_year, is_running=bool(self.is_running))


def public_practices(ids: Sequence[int]) -> "QuerySet[PracticePage]":
    """Those of the practices that everybody may see, in any order; costs no query of its own."""
    return public_pages(PracticePage).filter(pk__in=ids).order_by()
