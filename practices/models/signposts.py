"""WegWijzers: fact sheets on one subject, reached by a search code from every search box."""

import re
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from practices.models.given import given
from practices.models.owners import leave_out_files_of_others
from practices.models.parts import Link
from practices.models.presented import Presented, Presenter

CODE = re.compile(r"WW\s*(\d{2})\s*(\d{2})", re.IGNORECASE)


def read_code(text: str) -> str | None:
    """The search code that a searcher typed (`*ww 01 09*` → `WW0109`), or None if it is none.

    The form of a code is that of the fact sheet: WW, the number in the year, the year.
    """
    found = CODE.fullmatch(text.strip().strip("*").strip())
    return f"WW{found[1]}{found[2]}" if found else None


class SignpostIndexPage(Presented, Page):
    """The list of all WegWijzers."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    base_form_class: ClassVar[Any] = given()
    presenter: ClassVar[Presenter] = given()

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar = ["practices.SignpostPage"]
    max_count = 1
    template = "practices/frontend/pages/signpost_index.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("list of WegWijzers")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Keep the address that all WegWijzers stand under."""
        self.slug = "wegwijzers"
        super().full_clean(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a WegWijzer however its code is written in the address."""
        result: RouteResult = super().route(request, [part.lower() for part in path_components])
        return result


class SignpostPage(Presented, Page):
    """One WegWijzer: its text, documents, publications, links and related practices."""

    code = models.CharField(
        _("search code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^WW\d{4}\Z", _("Give WW and four digits, such as WW0109."))],
        help_text=_("WW, the number in the year and the year: WW0109 is the first of 2009."),
    )
    date = models.DateField(_("date"))
    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    body = RichTextField(
        _("text"), features=["h2", "h3", "bold", "italic", "link", "ul", "ol", "document-link"]
    )
    practices = ParentalManyToManyField(
        "practices.PracticePage",
        verbose_name=_("related practices"),
        blank=True,
        related_name="signposts",
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("code", required_on_save=True), FieldPanel("date")],
            heading=_("Code and date"),
        ),
        FieldPanel("introduction"),
        FieldPanel("body"),
        InlinePanel("publications", heading=_("Publications"), label=_("publication")),
        InlinePanel("documents", heading=_("Documents"), label=_("document")),
        InlinePanel("links", heading=_("Links"), label=_("link")),
        FieldPanel("practices"),
    ]
    base_form_class: ClassVar[Any] = given()
    presenter: ClassVar[Presenter] = given()
    parent_page_types: ClassVar = ["practices.SignpostIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/frontend/pages/signpost.html"

    class Meta:
        """A code is WW and four digits, in the database too."""

        verbose_name = _("WegWijzer")
        verbose_name_plural = _("WegWijzers")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^WW[0-9]{4}$"), name="signpost_code"
            ),
        )

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version of this page, with files of the site only."""
        version = super().with_content_json(content)
        leave_out_files_of_others(version, "documents", "document")
        return version

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Give the page the address of its code."""
        self.code = read_code(self.code) or self.code
        self.slug = self.code.lower()
        super().full_clean(*args, **kwargs)


class SignpostPublication(Orderable):
    """A publication that a WegWijzer points to, also where it is only on paper."""

    page = ParentalKey(SignpostPage, on_delete=models.CASCADE, related_name="publications")
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    where = models.CharField(
        _("where to get it"), max_length=200, blank=True, help_text=_("For instance: at Nuansa.")
    )

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("publisher"),
        FieldPanel("year"),
        FieldPanel("where"),
    ]

    def __str__(self) -> str:
        return self.title


class SignpostLink(Link):
    """A link of a WegWijzer."""

    page = ParentalKey(SignpostPage, on_delete=models.CASCADE, related_name="links")


class SignpostDocument(Orderable):
    """A document of a WegWijzer."""

    page = ParentalKey(SignpostPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar = [FieldPanel("document")]

    def __str__(self) -> str:
        return str(self.document)
