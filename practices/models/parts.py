"""What a practice holds more than one of: trainers, learning goals, links, documents."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.models import Orderable

from practices.models.terms import Term, Vocabulary
from practices.models.widgets import TermCheckboxes, TermSelect


class Trainer(Orderable, ClusterableModel):
    """One trainer of the mix: what they know, where they come from, what they brought."""

    page = ParentalKey("PracticePage", on_delete=models.CASCADE, related_name="trainers")
    expertises = ParentalManyToManyField(
        Term,
        verbose_name=_("expertise"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EXPERTISE},
        help_text=_("Choose one or more."),
    )
    provider = models.ForeignKey(
        Term,
        verbose_name=_("kind of provider"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.DELIVERY},
    )
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    brought = models.TextField(
        _("what the combination brought"),
        blank=True,
        help_text=_("What did this trainer add to the others?"),
    )

    panels: ClassVar = [
        FieldPanel("expertises", widget=TermCheckboxes, required_on_save=False),
        FieldPanel("provider", widget=TermSelect),
        FieldPanel("organisation"),
        FieldPanel("brought"),
    ]

    class Meta(Orderable.Meta):
        """Shown to officials under this name."""

        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")

    def __str__(self) -> str:
        return self.organisation or str(self._meta.verbose_name)


class Reached(models.TextChoices):
    """Whether a learning goal was reached."""

    YES = "ja", _("yes")
    PARTLY = "deels", _("partly")
    NO = "nee", _("no")
    NOT_MEASURED = "niet_gemeten", _("not measured")


class GoalOutcome(Orderable):
    """One learning goal of a practice, how it was measured and whether it was reached."""

    page = ParentalKey("PracticePage", on_delete=models.CASCADE, related_name="goal_outcomes")
    goal = models.ForeignKey(
        Term,
        verbose_name=_("learning goal"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.LEARNING_GOAL},
    )
    measure = models.TextField(_("how it was measured"), blank=True)
    reached = models.CharField(
        _("reached"),
        max_length=12,
        blank=True,
        choices=Reached,
        help_text=_("Leave empty if you do not know."),
    )

    panels: ClassVar = [
        FieldPanel("goal", widget=TermSelect),
        FieldPanel("measure"),
        FieldPanel("reached"),
    ]

    class Meta(Orderable.Meta):
        """A practice has each goal once."""

        verbose_name = _("learning goal")
        verbose_name_plural = _("learning goals")
        constraints = (
            models.UniqueConstraint(fields=("page", "goal"), name="outcome_unique_goal"),
        )

    def __str__(self) -> str:
        return str(self.goal)


class Link(Orderable):
    """A link with a title, to a page of another site."""

    title = models.CharField(_("title"), max_length=150)
    url = models.URLField(_("address"), max_length=500)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        """Practices and WegWijzers have links of their own."""

        abstract = True

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an address that is not of the web."""
        if self.url and not self.url.lower().startswith(("http://", "https://")):
            raise ValidationError({"url": _("Begin the address with https://.")})


class PracticeLink(Link):
    """A link of a practice."""

    page = ParentalKey("PracticePage", on_delete=models.CASCADE, related_name="links")


class PracticeDocument(Orderable):
    """A document of a practice."""

    page = ParentalKey("PracticePage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    # Officials change a document by choosing another: this one may be public already.
    panels: ClassVar = [
        FieldPanel("document", widget=AdminDocumentChooser(show_edit_link=False)),
    ]

    def __str__(self) -> str:
        return str(self.document)
