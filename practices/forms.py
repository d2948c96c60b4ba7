"""The admin forms of pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from practices.form_fields import MunicipalitiesField, PracticesField
from practices.moderation.submission import ReviewedPageForm


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


class SignpostForm(WagtailAdminPageForm):
    """The form of a WegWijzer."""

    practices = PracticesField(
        label=_("Related practices"),
        required=False,
        help_text=_("The address of each practice, copied from the site. One address a line."),
    )
