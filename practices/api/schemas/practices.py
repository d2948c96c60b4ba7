"""A practice, as the API has it."""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from practices.api.schemas.common import Document, Link, MunicipalityRef, Page, SignpostRef, Value

Kind = Literal["werkte", "werkte-niet", "tip"]


class Duration(Schema):
    """How long one meeting took; a daypart is about four hours."""

    aantal: float
    eenheid: Literal["uur", "dagdeel"]


class Trainer(Schema):
    """One trainer of the mix."""

    expertise: list[Value]
    aanbieder: Value | None = Field(description=_("Kind of provider."))
    organisatie: str
    inbreng: str = Field(description=_("What this trainer added to the others."))


class Goal(Schema):
    """A learning goal, how it was measured, and whether it was reached."""

    leerdoel: Value
    meting: str
    bereikt: Literal["ja", "deels", "nee", "niet_gemeten"] | None


class PracticeLesson(Schema):
    """What worked, what did not, or a tip."""

    id: str = Field(examples=["12-bcdfgh"])
    les: Kind
    tekst: str
    pagina: str = Field(description=_("Its lasting address, for people."))


class Practice(Schema):
    """What one municipality learned from one training, meeting or programme.

    What is not known is empty or null. The contact is reached by the form at `contact`.
    """

    id: int = Field(description=_("Stays the same when the practice moves."), examples=[12])
    titel: str
    samenvatting: str
    url: str = Field(description=_("The practice in this API."))
    pagina: str = Field(description=_("Its page for people."))
    contact: str | None = Field(
        description=_("Form to ask the municipality something; null if nobody can be asked.")
    )
    fictief: bool = Field(description=_("Made up, as an example."))
    gepubliceerd: datetime | None = Field(description=_("First published on."))
    gewijzigd: datetime | None = Field(description=_("Last published on."))
    gearchiveerd: bool = Field(description=_("No longer in use, kept to read."))
    gemeente: MunicipalityRef
    partnergemeenten: list[MunicipalityRef]
    periode: str = Field(examples=["2008–2009"])
    beginjaar: int | None
    eindjaar: int | None
    loopt_nog: bool
    status: Literal["pilot", "lopend", "afgerond", "gestopt"] | None
    vorm: list[Value]
    lengte: Duration | None = Field(description=_("Of one meeting."))
    bijeenkomsten: int | None
    groepsgrootte: int | None
    samenstelling: list[Value]
    aanpak: str = Field(description=_("HTML; its addresses are relative to the site."))
    werkvorm: list[Value]
    uitvoering: list[Value]
    doelgroep: list[Value]
    netwerken: str = Field(description=_("Existing networks that were used."))
    trainers: list[Trainer]
    soort: list[Value]
    thema: list[Value]
    leerdoelen: list[Goal]
    beleidsveld: list[Value]
    lokale_situatie: str
    in_actieplan: bool | None
    vooronderzoek: Literal["vooraf", "achteraf", "geen"] | None
    gemeente_deed_mee: bool | None
    lessen: list[PracticeLesson]
    deelnemers_bereikt: int | None
    evaluatie: str = Field(description=_("HTML; its addresses are relative to the site."))
    documenten: list[Document]
    links: list[Link]
    wegwijzers: list[SignpostRef]


class PracticePage(Page):
    """A page of practices."""

    totaal: int = Field(description=_("How many practices there are on all pages together."))
    resultaten: list[Practice]
