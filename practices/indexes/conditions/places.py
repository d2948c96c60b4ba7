"""Names of municipalities, provinces and regions, and how these are called every day."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from practices.indexes.conditions.words import key_of
from practices.models.municipalities import Province

NORTH = (Province.GRONINGEN, Province.FRIESLAND, Province.DRENTHE)
EAST = (Province.OVERIJSSEL, Province.GELDERLAND)
SOUTH = (Province.NOORD_BRABANT, Province.LIMBURG, Province.ZEELAND)
WEST = (Province.NOORD_HOLLAND, Province.ZUID_HOLLAND, Province.UTRECHT)

REGIONS: Mapping[tuple[Province, ...], str] = {
    NORTH: "het noorden, noorden van het land, noord-nederland, noordelijke, noorderlijk",
    EAST: "het oosten, oosten van het land, oost-nederland, oostelijke, oostelijk",
    SOUTH: "het zuiden, zuiden van het land, zuid-nederland, zuidelijke, zuidelijk",
    WEST: "het westen, westen van het land, west-nederland, westelijke, westelijk",
    (*WEST, Province.FLEVOLAND): "randstad, de randstad",
    (Province.NOORD_BRABANT,): "brabant, brabants, brabantse, kempen, meierij",
    (Province.FRIESLAND,): "friesland, fryslan, fries, friese",
    (Province.NOORD_HOLLAND, Province.ZUID_HOLLAND): "holland, hollands, hollandse",
    (Province.NOORD_HOLLAND,): (
        "noord-hollands, noord-hollandse, west-friesland, west-friese, kennemerland, zaanstreek, "
        "amstelland, gooi, het gooi, gooi en vechtstreek"
    ),
    (Province.ZUID_HOLLAND,): (
        "zuid-hollands, zuid-hollandse, haaglanden, rijnmond, drechtsteden, hollands midden, "
        "bollenstreek, alblasserwaard"
    ),
    (Province.ZUID_HOLLAND, Province.UTRECHT, Province.NOORD_HOLLAND): "groene hart",
    (Province.UTRECHT, Province.FLEVOLAND): "midden-nederland",
    (Province.FRIESLAND, Province.NOORD_HOLLAND): "waddeneilanden",
    (Province.DRENTHE,): "drents, drentse",
    (Province.GRONINGEN,): "gronings, groningse, groninger",
    (Province.OVERIJSSEL,): (
        "overijssels, overijsselse, twente, twents, twentse, salland, ijsselland"
    ),
    (Province.GELDERLAND,): (
        "gelders, gelderse, achterhoek, achterhoekse, veluwe, veluwse, betuwe, rivierenland, "
        "gelderland-midden, gelderland-zuid"
    ),
    (Province.UTRECHT,): "utrechts, utrechtse, eemland",
    (Province.ZEELAND,): "zeeuws, zeeuwse, zeeuws-vlaanderen, walcheren",
    (Province.LIMBURG,): "limburgs, limburgse, parkstad, heuvelland",
    (Province.FLEVOLAND,): "flevolands, flevolandse, flevopolder",
}
"""Provinces by other names than their own; parts of a province stand for the whole of it."""

ALSO_WORDS = frozenset(
    "beek bergen best buren dieren doorn duiven echt grave haren heel helden hoorn houten huizen"
    " hulst kampen leek leiden losser mill monster putten roden sluis vries wierden".split()
)
"""Names that are everyday words as well."""

_BRACKETS = re.compile(r"\s*\([^)]*\)")


class Named(Protocol):
    """What is asked of a municipality."""

    @property
    def name(self) -> str:
        """The name of CBS."""

    @property
    def slug(self) -> str:
        """The value of the facet `gemeente`."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""


class Meaning(NamedTuple):
    """Values of a facet that a phrase asks for."""

    facet: str
    values: tuple[str, ...]
    weight: float = 1.0


def of_municipalities(places: Iterable[Named]) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    """The names of municipalities as folded words, without what CBS adds in brackets."""
    for place in places:
        for name in {place.name, *place.aliases}:
            if key := key_of(_BRACKETS.sub("", name)):
                yield key, Meaning("gemeente", (place.slug,))


def of_provinces() -> Iterator[tuple[tuple[str, ...], Meaning]]:
    """The names of provinces and regions as folded words."""
    for province in Province:
        yield key_of(province.label), Meaning("provincie", (province.slug,))
    for provinces, names in REGIONS.items():
        meaning = Meaning("provincie", tuple(sorted(one.slug for one in provinces)))
        for name in names.split(", "):
            yield key_of(name), meaning
