"""The admin forms of pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from practices.form_fields import MunicipalitiesField, PracticesField


class PracticeForm(WagtailAdminPageForm):
    """The form of a practice."""

    partner_municipalities = MunicipalitiesField(
        label=_("Partner municipalities"),
        required=False,
        help_text=_("Municipalities that did this together with you. One name a line."),
    )


class SignpostForm(WagtailAdminPageForm):
    """The form of a WegWijzer."""

    practices = PracticesField(
        label=_("Related practices"),
        required=False,
        help_text=_("The address of each practice, copied from the site. One address a line."),
    )
