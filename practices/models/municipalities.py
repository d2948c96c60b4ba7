"""Dutch municipalities, as CBS counts them."""

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

URBANITY_CLASSES = (
    (1, _("1 – very strongly urban")),
    (2, _("2 – strongly urban")),
    (3, _("3 – moderately urban")),
    (4, _("4 – hardly urban")),
    (5, _("5 – not urban")),
)


OFFICIAL, EVERYDAY = "'s-", "Den "


def shown_name(name: str, aliases: Iterable[str]) -> str:
    """The name that visitors see: 's-Gravenhage (Den Haag).

    Everybody says Den where the official name begins with 's-; other names stand alone.
    """
    everyday = next((alias for alias in aliases if alias.startswith(EVERYDAY)), "")
    return f"{name} ({everyday})" if everyday and name.startswith(OFFICIAL) else name


def sort_key(name: str) -> str:
    """The name from its first capital on: 's-Gravenhage stands under the G."""
    return name.removeprefix(OFFICIAL).lstrip("'").casefold()


class Province(models.TextChoices):
    """The twelve provinces by their CBS code."""

    GRONINGEN = "PV20", "Groningen"
    FRIESLAND = "PV21", "Fryslân"
    DRENTHE = "PV22", "Drenthe"
    OVERIJSSEL = "PV23", "Overijssel"
    FLEVOLAND = "PV24", "Flevoland"
    GELDERLAND = "PV25", "Gelderland"
    UTRECHT = "PV26", "Utrecht"
    NOORD_HOLLAND = "PV27", "Noord-Holland"
    ZUID_HOLLAND = "PV28", "Zuid-Holland"
    ZEELAND = "PV29", "Zeeland"
    NOORD_BRABANT = "PV30", "Noord-Brabant"
    LIMBURG = "PV31", "Limburg"

    @property
    def slug(self) -> str:
        """The value of the facet `provincie`."""
        return self.label.lower().replace("â", "a")


class SizeClass(models.TextChoices):
    """Size classes by number of inhabitants; a value is also a value of the facet `grootte`."""

    TINY = "tot-20000", _("fewer than 20,000 inhabitants")
    SMALL = "20000-50000", _("20,000 to 50,000 inhabitants")
    MEDIUM = "50000-100000", _("50,000 to 100,000 inhabitants")
    LARGE = "100000-250000", _("100,000 to 250,000 inhabitants")
    HUGE = "vanaf-250000", _("250,000 inhabitants or more")

    @classmethod
    def of(cls, inhabitants: int) -> "SizeClass":
        """The class of a number of inhabitants; a bound belongs to the class above it."""
        bounds = (
            (20_000, cls.TINY),
            (50_000, cls.SMALL),
            (100_000, cls.MEDIUM),
            (250_000, cls.LARGE),
        )
        return next((size for bound, size in bounds if inhabitants < bound), cls.HUGE)


class Municipality(ClusterableModel):
    """One municipality, known by its CBS code; source of the figures: CBS."""

    code = models.CharField(
        _("CBS code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM\d{4}\Z", _("Give GM and four digits, such as GM0513."))],
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    province = models.CharField(_("province"), max_length=4, choices=Province)
    inhabitants = models.PositiveIntegerField(
        _("inhabitants"), validators=[MinValueValidator(1)], help_text=_("Source: CBS.")
    )
    inhabitants_on = models.DateField(_("reference date of the number of inhabitants"))
    urbanity = models.PositiveSmallIntegerField(
        _("urbanity"),
        choices=URBANITY_CLASSES,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("Class of CBS. Leave empty if CBS gives none."),
    )
    x = models.PositiveIntegerField(_("x"), help_text=_("RD New (EPSG:28992), in metres."))
    y = models.PositiveIntegerField(_("y"), help_text=_("RD New (EPSG:28992), in metres."))
    neighbours = models.ManyToManyField("self", verbose_name=_("neighbours"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("went into"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    """Set by a reorganisation: the municipality that this one is part of now."""

    class Meta:
        """Municipalities stand in alphabetical order."""

        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^GM[0-9]{4}$"), name="municipality_code"
            ),
            models.CheckConstraint(
                condition=models.Q(inhabitants__gt=0), name="municipality_has_inhabitants"
            ),
            models.CheckConstraint(
                condition=models.Q(urbanity__isnull=True) | models.Q(urbanity__range=(1, 5)),
                name="municipality_urbanity_class",
            ),
            models.CheckConstraint(
                condition=models.Q(province__in=Province.values), name="municipality_province"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name that visitors see; a query only where the rule of `shown_name` needs aliases."""
        if not self.name.startswith(OFFICIAL):
            return self.name
        return shown_name(self.name, (alias.name for alias in self.aliases.all()))

    @property
    def current(self) -> "Municipality":
        """The municipality that this one is part of now, or itself; a query for each step."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    @property
    def size_class(self) -> SizeClass:
        """The size class, from the number of inhabitants."""
        return SizeClass.of(self.inhabitants)


class MunicipalityAlias(models.Model):
    """Another name by which people look for a municipality, such as Den Haag."""

    municipality = ParentalKey(Municipality, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("also called"), max_length=80)

    class Meta:
        """A municipality has each alias once."""

        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "name"), name="alias_unique"),
        )

    def __str__(self) -> str:
        return self.name
