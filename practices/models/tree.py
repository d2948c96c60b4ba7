"""The pages above a practice: the list of municipalities and a municipality."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from practices.models.municipalities import Municipality


class MunicipalityIndexPage(Page):
    """The list of all municipalities that take part."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar = ["practices.MunicipalityPage"]
    max_count = 1
    template = "practices/municipality_index_page.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("list of municipalities")


class MunicipalityPage(Page):
    """One municipality, with its practices below it; the rights of its officials hang here."""

    municipality = models.OneToOneField(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="page",
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "ul"]
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("municipality"),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar = ["practices.MunicipalityIndexPage"]
    subpage_types: ClassVar = ["practices.PracticePage"]
    template = "practices/municipality_page.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("municipality page")
        verbose_name_plural = _("municipality pages")
