"""A practice: one experience of one municipality with one training, meeting or programme."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester, Revision

from practices.models import publishing
from practices.models.contents import renewed
from practices.models.given import given
from practices.models.lessons import find_rows, give_keys
from practices.models.municipalities import Municipality
from practices.models.owners import leave_out_files_of_others
from practices.models.permission_testers import PracticeTester
from practices.models.presented import Presented, Presenter
from practices.models.previews import PracticePreviews
from practices.models.terms import FormerValue, Term, Vocabulary

RICH_TEXT = ["h3", "bold", "italic", "link", "ul", "ol"]
FIRST_YEAR, LAST_YEAR = 1950, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
POSITIVE = [MinValueValidator(1)]
COMPARABLE = "vergelijkbaar"
"""At this slug below a municipality stand those that are comparable; no practice may have it."""
YES_NO = ((None, _("unknown")), (True, _("yes")), (False, _("no")))


class PracticeStatus(models.TextChoices):
    """Where a practice stands; a value is also a value of the facet `status`."""

    PILOT = "pilot", _("pilot")
    RUNNING = "lopend", _("running")
    FINISHED = "afgerond", _("finished")
    STOPPED = "gestopt", _("stopped")


class DurationUnit(models.TextChoices):
    """Units of length; a daypart is about four hours."""

    HOUR = "uur", _("hours")
    DAYPART = "dagdeel", _("dayparts")


class ExploratoryStudy(models.TextChoices):
    """Whether the municipality had the local situation explored."""

    BEFORE = "vooraf", _("before")
    AFTER = "achteraf", _("after")
    NONE = "geen", _("no study")


def terms(vocabulary: Vocabulary, help_text: Any = "") -> ParentalManyToManyField:
    """The field for the terms of one vocabulary."""
    return ParentalManyToManyField(
        Term,
        verbose_name=vocabulary.label,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": vocabulary},
        help_text=help_text,
    )


class PracticePage(PracticePreviews, Presented, Page):
    """A practice of the municipality under whose page it stands.

    Fields are in the order of the form. What is unknown stays empty and is shown as unknown.
    """

    # What
    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("What did you do, for whom, and what came of it? At most 300 characters."),
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    partner_municipalities = ParentalManyToManyField(
        Municipality,
        verbose_name=_("partner municipalities"),
        blank=True,
        related_name="+",
        help_text=_("Municipalities that did this together with you."),
    )
    start_year = models.PositiveSmallIntegerField(
        _("start year"), null=True, blank=True, validators=YEARS
    )
    end_year = models.PositiveSmallIntegerField(
        _("end year"), null=True, blank=True, validators=YEARS
    )
    is_running = models.BooleanField(_("still running"), default=False)
    status = models.CharField(_("status"), max_length=10, blank=True, choices=PracticeStatus)

    # Approach
    formats = terms(
        Vocabulary.FORMAT,
        _("A training takes two or more dayparts and practises skills; a meeting informs."),
    )
    duration = models.DecimalField(
        _("length"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5)],
        help_text=_("Of one meeting."),
    )
    duration_unit = models.CharField(_("unit"), max_length=8, blank=True, choices=DurationUnit)
    meetings = models.PositiveSmallIntegerField(
        _("number of meetings"), null=True, blank=True, validators=POSITIVE
    )
    group_size = models.PositiveSmallIntegerField(
        _("group size"),
        null=True,
        blank=True,
        validators=POSITIVE,
        help_text=_("How many participants were there at once?"),
    )
    compositions = terms(Vocabulary.COMPOSITION)
    approach = RichTextField(
        _("approach"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("What did you do, and in what order? Name no persons."),
    )
    working_methods = terms(Vocabulary.WORKING_METHOD)
    deliveries = terms(Vocabulary.DELIVERY, _("Who gave it?"))

    # For whom
    target_groups = terms(Vocabulary.TARGET_GROUP)
    networks = models.TextField(
        _("existing networks that were used"),
        blank=True,
        help_text=_("For instance a care network or a neighbourhood meeting."),
    )

    # Content
    radicalisation_types = terms(Vocabulary.RADICALISATION_TYPE)
    themes = terms(Vocabulary.THEME)

    # Local policy
    policy_fields = terms(Vocabulary.POLICY_FIELD)
    local_stakes = models.TextField(
        _("what was at stake locally"), blank=True, help_text=_("Name no persons or addresses.")
    )
    in_action_plan = models.BooleanField(
        _("part of an action plan"), null=True, blank=True, choices=YES_NO
    )
    exploratory_study = models.CharField(
        _("exploratory study"), max_length=10, blank=True, choices=ExploratoryStudy
    )
    municipality_took_part = models.BooleanField(
        _("the municipality itself took part as host"), null=True, blank=True, choices=YES_NO
    )

    # Results
    participants_reached = models.PositiveIntegerField(
        _("participants reached"), null=True, blank=True, validators=POSITIVE
    )
    evaluation = RichTextField(
        _("evaluation"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("What do you know of the results, and how?"),
    )

    # Contact
    contact_name = models.CharField(_("name"), max_length=100, blank=True)
    contact_function = models.CharField(_("function"), max_length=100, blank=True)
    contact_email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("Never shown: visitors write to you through a form."),
    )

    is_fictional = models.BooleanField(_("fictional"), default=False, editable=False)

    base_form_class: ClassVar[Any] = given()
    edit_handler: ClassVar[Any] = given()
    presenter: ClassVar[Presenter] = given()
    parent_page_types: ClassVar = ["practices.MunicipalityPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/frontend/pages/practice.html"
    # A copy may stand under another municipality, whose contact is somebody else.
    exclude_fields_in_copy: ClassVar = ["contact_name", "contact_function", "contact_email"]

    class Meta:
        """The database holds what it can hold."""

        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(start_year__lte=models.F("end_year"))
                | models.Q(start_year__isnull=True)
                | models.Q(end_year__isnull=True),
                name="practice_years_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(end_year__isnull=True) | models.Q(is_running=False),
                name="practice_running_has_no_end",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{field}__isnull", True))
                    | models.Q((f"{field}__range", (FIRST_YEAR, LAST_YEAR))),
                    name=f"practice_{field}_range",
                )
                for field in ("start_year", "end_year")
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{field}__isnull", True)) | models.Q((f"{field}__gt", 0)),
                    name=f"practice_{field}_positive",
                )
                for field in ("duration", "meetings", "group_size", "participants_reached")
            ),
        )

    def clean(self) -> None:
        """Say at the field what the database would refuse."""
        super().clean()
        give_keys(self.lessons.all(), self.pk)
        errors: dict[str, Any] = {}
        if self.start_year and self.end_year and self.start_year > self.end_year:
            errors["end_year"] = _("The end year lies before the start year.")
        if self.is_running and self.end_year:
            errors["is_running"] = _("Remove the end year, or say that it no longer runs.")
        if (self.duration is None) != (not self.duration_unit):
            errors["duration_unit"] = _("Give both the length and its unit, or neither.")
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page, page: Page | None = None) -> bool:
        # Wagtail asks this of a slug that is given, and until yes of those that it makes itself.
        return slug != COMPARABLE and Page._slug_is_available(slug, parent_page, page)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Take the municipality from the place in the tree."""
        self.municipality = self.municipality_above()
        leave_out_files_of_others(self, "documents", "document")
        give_keys(self.lessons.all(), self.pk)
        find_rows(self.lessons.all(), self.pk)
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version of this page; none goes public or away by a schedule.

        Terms that were merged while the version was being saved are those of now.
        """
        merged = FormerValue.merged_terms()
        version = super().with_content_json((merged and renewed(content, merged)) or content)
        # A revision may be older than a move to another municipality.
        version.municipality_id = self.municipality_id
        version.go_live_at = version.expire_at = None
        leave_out_files_of_others(version, "documents", "document")
        give_keys(version.lessons.all(), self.pk)
        return version

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publish a revision if it was approved; see `practices.models.publishing`."""
        log_action = kwargs.get("log_action", True)
        if publishing.must_publish(revision, user=user, log_action=log_action):
            super().publish(revision, user=user, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What somebody may do in the admin: never publish."""
        return PracticeTester(user, self)

    def municipality_above(self) -> Municipality:
        """The municipality under whose page this practice stands; one query."""
        return Municipality.objects.get(page__path=self.path[: -self.steplen])
