"""The form of a practice: its panels in tabs, in the order in which an official tells it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from practices.admin.practice_form.lesson_rows import LessonsPanel
from practices.models.widgets import TermCheckboxes


def terms(field: str) -> FieldPanel:
    """The checkboxes for the terms of one vocabulary."""
    return FieldPanel(field, widget=TermCheckboxes)


WHAT = [
    TitleFieldPanel("title", help_text=_("What was it, and for whom?")),
    FieldPanel("summary"),
    FieldPanel("partner_municipalities"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")]),
            FieldPanel("is_running"),
        ],
        heading=_("Period"),
    ),
    FieldPanel("status"),
]
APPROACH = [
    terms("formats"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("duration"), FieldPanel("duration_unit")]),
            FieldRowPanel([FieldPanel("meetings"), FieldPanel("group_size")]),
        ],
        heading=_("Length and group"),
    ),
    terms("compositions"),
    FieldPanel("approach"),
    terms("working_methods"),
    terms("deliveries"),
]
FOR_WHOM = [terms("target_groups"), FieldPanel("networks")]
TRAINERS = [InlinePanel("trainers", heading=_("Trainer mix"), label=_("trainer"))]
CONTENT = [
    terms("radicalisation_types"),
    terms("themes"),
    InlinePanel("goal_outcomes", heading=_("Learning goals"), label=_("learning goal")),
]
LOCAL_POLICY = [
    terms("policy_fields"),
    FieldPanel("local_stakes"),
    FieldPanel("in_action_plan"),
    FieldPanel("exploratory_study"),
    FieldPanel("municipality_took_part"),
]
LESSONS = [LessonsPanel("lessons", heading=_("Lessons learned"), label=_("lesson"))]
RESULTS = [
    FieldPanel("participants_reached"),
    FieldPanel("evaluation"),
    InlinePanel("documents", heading=_("Documents"), label=_("document")),
    InlinePanel("links", heading=_("Links"), label=_("link")),
]
CONTACT = [
    FieldPanel("contact_name"),
    FieldPanel("contact_function"),
    FieldPanel("contact_email"),
]


def practice_edit_handler(settings_panels: list[Panel]) -> TabbedInterface:
    """The tabs of the form, with the page's own settings behind them."""
    tabs = (
        (_("What"), WHAT),
        (_("Approach"), APPROACH),
        (_("For whom"), FOR_WHOM),
        (_("Trainers"), TRAINERS),
        (_("Content"), CONTENT),
        (_("Local policy"), LOCAL_POLICY),
        (_("Lessons"), LESSONS),
        (_("Results"), RESULTS),
        (_("Contact"), CONTACT),
        (_("Settings"), settings_panels),
    )
    return TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in tabs])
