"""The admin forms of pages."""

from itertools import chain, count
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import cautious_slugify
from wagtail.models import Page

from practices.admin.form_fields import MunicipalitiesField, PracticesField
from practices.admin.practice_form.submission import ReviewedPageForm
from practices.admin.reach.forms import WithinReach

LONGEST = 240
"""Letters of an address that a number is put behind; Wagtail takes 255."""


class PracticeForm(ReviewedPageForm):
    """The form of a practice."""

    partner_municipalities = MunicipalitiesField(
        label=_("Partner municipalities"),
        required=False,
        help_text=_("Municipalities that did this together with you. One name a line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A draft needs nothing but a title: without a script too the address is made of that.
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The address; one made of the title gets a number where another practice has it.

        Two practices may have one title, and who saves the second has typed no address.
        """
        slug: str = self.cleaned_data["slug"]
        if not slug or slug != cautious_slugify(self.data.get("title", "")):
            return slug
        numbered = (f"{slug[:LONGEST]}-{number}" for number in count(2))
        return next(filter(self._is_free, chain([slug], numbered)))

    def _is_free(self, slug: str) -> bool:
        return Page._slug_is_available(slug, self.parent_page, self.instance)


class SignpostForm(WithinReach):
    """The form of a WegWijzer."""

    practices = PracticesField(
        label=_("Related practices"),
        required=False,
        help_text=_("The address of each practice, copied from the site. One address a line."),
    )
