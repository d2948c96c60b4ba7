"""What several answers hold."""

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema


class Value(Schema):
    """A value of a vocabulary: what a search takes, and its name."""

    waarde: str = Field(description=_("As it stands in a search."), examples=["training"])
    naam: str = Field(examples=["Training"])


class MunicipalityRef(Schema):
    """A municipality that is named."""

    code: str = Field(description=_("Code of CBS."), examples=["GM0513"])
    waarde: str = Field(description=_("As it stands in a search."), examples=["gouda"])
    naam: str = Field(examples=["Gouda"])
    url: str = Field(description=_("The municipality in this API."))


class PracticeRef(Schema):
    """A practice that is named."""

    id: int = Field(examples=[12])
    titel: str
    url: str = Field(description=_("The practice in this API."))
    pagina: str = Field(description=_("Its page for people."))


class SignpostRef(Schema):
    """A WegWijzer that is named."""

    code: str = Field(description=_("Search code."), examples=["WW0109"])
    titel: str
    url: str = Field(description=_("The WegWijzer in this API."))


class Link(Schema):
    """A link to another site."""

    titel: str
    url: str


class Document(Schema):
    """A document to download."""

    titel: str
    url: str
    soort: str = Field(description=_("The ending of the file name."), examples=["PDF"])
    bytes: int | None = Field(description=_("Size; null if unknown."))


class Page(Schema):
    """What every page of a list has."""

    volgende: str | None = Field(
        description=_("Address of the next page; null on the last page. Use it as it is.")
    )
    meldingen: list[str] = Field(
        description=_("What there is to say about this answer; mostly nothing.")
    )


class Problem(Schema):
    """What went wrong, and what to do (RFC 9457)."""

    status: int = Field(examples=[400])
    title: str = Field(examples=["Het verzoek klopt niet"])
    detail: str = Field(description=_("What is wrong, and what to do."))
    fouten: list[str] = Field(default=[], description=_("Each fault by itself."))
