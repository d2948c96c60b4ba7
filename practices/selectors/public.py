"""What everybody may see, and under which name."""

from typing import Any, TypeVar

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat
from wagtail.models import Page, PageViewRestriction

from practices.models import MunicipalityAlias
from practices.models.municipalities import EVERYDAY, OFFICIAL

AnyPage = TypeVar("AnyPage", bound=Page)


def restricted(path: str = "path") -> Exists:
    """Whether a page, or one above it, asks for a password or an account.

    Wagtail's own `public()` says the same with a query of its own.
    """
    # A subquery where a join would do: restrictions are few or none, and a database that counted
    # the pages, but has no figures of an empty table, would go through all pages in a join.
    place = Subquery(Page.objects.filter(pk=OuterRef("page")).values("path"))
    above = PageViewRestriction.objects.annotate(
        asked=ExpressionWrapper(OuterRef(path), output_field=CharField()), place=place
    )
    return Exists(above.filter(asked__startswith=F("place")))


def public_pages(model: type[AnyPage]) -> "QuerySet[AnyPage]":
    """The pages of a kind that are live and open to everybody; costs no query of its own."""
    pages: QuerySet[AnyPage] = model.objects.filter(~restricted(), live=True)
    return pages


def shown_name(municipality: str) -> Any:
    """The name of a municipality as visitors see it, as an expression for lists.

    `Municipality.shown_name` says the same of one municipality.
    """
    everyday = MunicipalityAlias.objects.filter(
        municipality=OuterRef(f"{municipality}__pk"), name__startswith=EVERYDAY
    ).order_by("name")
    name = F(f"{municipality}__name")
    return Case(
        When(
            # The name first: databases then look for an alias of those few only.
            Q(**{f"{municipality}__name__startswith": OFFICIAL}) & Q(Exists(everyday)),
            then=Concat(name, Value(" ("), Subquery(everyday.values("name")[:1]), Value(")")),
        ),
        default=name,
        output_field=CharField(),
    )
