"""The pages of the site around the practices: home and editorial pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.presenters import home_view


class HomePage(Page):
    """The first page: what this is, the search box, and ways in."""

    lead = models.TextField(
        _("lead"),
        max_length=300,
        help_text=_("What a visitor finds here, in one or two sentences."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link", "ul"])

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("introduction"),
    ]
    max_count = 1
    template = "cms/home_page.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the practices and WegWijzers."""
        return {**super().get_context(request, *args, **kwargs), "home": home_view()}


class EditorialPage(Page):
    """A page of text beside the practices: about, privacy, accessibility."""

    body = RichTextField(
        _("text"), features=["h2", "h3", "bold", "italic", "link", "ul", "ol", "document-link"]
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/editorial_page.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("editorial page")
        verbose_name_plural = _("editorial pages")
