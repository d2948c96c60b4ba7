"""Lessons, municipalities, vocabularies and WegWijzers, as the API has them."""

from datetime import date

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from practices.api.schemas.common import (
    Document,
    Link,
    MunicipalityRef,
    Page,
    PracticeRef,
    Value,
)
from practices.api.schemas.practices import Kind


class Lesson(Schema):
    """A lesson with the practice that it comes from."""

    id: str = Field(
        description=_("Stays the same as long as the lesson is there."), examples=["12-bcdfgh"]
    )
    les: Kind
    tekst: str
    url: str = Field(description=_("The lesson in this API."))
    pagina: str = Field(description=_("Its lasting address, for people."))
    fictief: bool = Field(description=_("Made up, as an example."))
    gearchiveerd: bool = Field(description=_("No longer in use, kept to read."))
    praktijk: PracticeRef
    gemeente: MunicipalityRef


class LessonPage(Page):
    """A page of lessons."""

    totaal: int = Field(description=_("How many lessons there are on all pages together."))
    resultaten: list[Lesson]


class Municipality(MunicipalityRef):
    """A municipality; source of the figures: CBS."""

    ook_bekend_als: list[str]
    pagina: str = Field(description=_("Its page for people."))
    praktijken: int = Field(description=_("How many practices it shares now."))
    praktijken_url: str = Field(description=_("Its practices in this API."))
    vergelijkbaar_url: str = Field(description=_("Comparable municipalities in this API."))
    provincie: Value
    inwoners: int
    inwoners_op: date = Field(description=_("Reference date of the number of inhabitants."))
    grootte: Value
    stedelijkheid: Value | None = Field(description=_("Class of CBS; null if CBS gives none."))
    x: int = Field(description=_("RD New (EPSG:28992), in metres."))
    y: int = Field(description=_("RD New (EPSG:28992), in metres."))
    buurgemeenten: list[MunicipalityRef]


class MunicipalityPage(Page):
    """A page of municipalities."""

    resultaten: list[Municipality]


class Alike(Schema):
    """A comparable municipality, and why it is one."""

    gemeente: MunicipalityRef
    deelt_praktijken: bool
    redenen: list[str] = Field(
        description=_("What both have in common, in sentences with the facts."),
        examples=[["74.095 tegen 71.000 inwoners", "beide in Zuid-Holland"]],
    )
    onbekend: list[str] = Field(description=_("What is not known, so that it does not count."))


class AlikeList(Schema):
    """The municipalities that are comparable with one, the most alike first."""

    gemeente: MunicipalityRef
    zonder: list[str] = Field(description=_("The reasons that were left out."))
    resultaten: list[Alike]


class TermRef(Schema):
    """A term of another vocabulary, or of the same."""

    woordenlijst: str
    waarde: str


class Term(Value):
    """A value of a vocabulary, with what it means."""

    uitleg: str
    breder: TermRef | None = Field(description=_("The term under which this one stands."))
    actief: bool = Field(description=_("False for a term that only older practices still have."))


class VocabularyRef(Schema):
    """A vocabulary that is named."""

    naam: str = Field(description=_("Also the name of the parameter."), examples=["doelgroep"])
    titel: str = Field(examples=["Doelgroep"])
    url: str = Field(description=_("The vocabulary in this API."))


class VocabularyList(Schema):
    """All vocabularies."""

    resultaten: list[VocabularyRef]


class Vocabulary(VocabularyRef):
    """A vocabulary with all its terms, in their order."""

    termen: list[Term]


class Publication(Schema):
    """A publication, also where it is only on paper."""

    titel: str
    uitgever: str
    jaar: int | None
    vindplaats: str


class Signpost(Schema):
    """A WegWijzer: a fact sheet on one subject."""

    code: str = Field(description=_("Search code."), examples=["WW0109"])
    titel: str
    url: str = Field(description=_("The WegWijzer in this API."))
    pagina: str = Field(description=_("Its page for people."))
    datum: date
    inleiding: str
    tekst: str = Field(description=_("HTML; its addresses are relative to the site."))
    publicaties: list[Publication]
    documenten: list[Document]
    links: list[Link]
    praktijken: list[PracticeRef]


class SignpostPage(Page):
    """A page of WegWijzers."""

    resultaten: list[Signpost]
