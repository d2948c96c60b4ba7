"""The pages above a practice: the list of municipalities and a municipality."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester, Revision

from practices.models.given import given
from practices.models.municipalities import Municipality
from practices.models.permission_testers import MunicipalityTester
from practices.models.presented import Presented, Presenter


class MunicipalityIndexPage(Presented, Page):
    """The list of all municipalities that take part."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    base_form_class: ClassVar[Any] = given()
    presenter: ClassVar[Presenter] = given()

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar = ["practices.MunicipalityPage"]
    max_count = 1
    template = "practices/frontend/pages/municipality_index.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("list of municipalities")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Editors publish the page itself, nobody what stands below it."""
        return MunicipalityTester(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address that all municipalities and practices stand under."""
        self.slug = "gemeenten"
        super().full_clean(*args, **kwargs)


class MunicipalityPage(Presented, Page):
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

    base_form_class: ClassVar[Any] = given()
    presenter: ClassVar[Presenter] = given()

    content_panels: ClassVar = [
        # Officials may change their own page, but not make it another municipality's; choosers
        # show its title to everybody, so that stays the editors' too.
        TitleFieldPanel("title", permission="practices.change_municipality"),
        FieldPanel("municipality", permission="practices.change_municipality"),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar = ["practices.MunicipalityIndexPage"]
    subpage_types: ClassVar = ["practices.PracticePage"]
    template = "practices/frontend/pages/municipality.html"

    class Meta:
        """Shown to editors under this name."""

        verbose_name = _("municipality page")
        verbose_name_plural = _("municipality pages")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Editors publish the page itself, nobody what stands below it."""
        return MunicipalityTester(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give the page the address of its municipality."""
        if self.municipality_id:
            self.slug = self.municipality.slug
        super().full_clean(*args, **kwargs)

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publish a revision, unless the municipality is part of another one by now."""
        if self.municipality.merged_into_id is None:
            super().publish(revision, user=user, **kwargs)
