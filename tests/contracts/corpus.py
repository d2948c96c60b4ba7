"""A small site in documents: enough Dutch and enough facets to hold engines to their promises."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search.documents import Document, Index
from search.questions.facets import Facet, Option, YearFacet
from search.questions.text import Chosen, Condition, Synonyms

WEIGHTS = {"title": 4.0, "summary": 2.0, "body": 1.0}
ORDERS = {"nieuwste": True, "jaar": True, "gemeente": False}
PARENTS = {"jongerenwerk": "eerstelijn", "onderwijs": "eerstelijn", "gemeenteraad": "bestuur"}
LAST = 2**41 - 1
PLACES = ("amsterdam", "arnhem", "den-haag", "rotterdam", "zoetermeer")

CONDITIONS = {
    "arnhemse": Chosen("gemeente", ("arnhem",)),
    "wijk in de klas": Chosen("doelgroep", ("onderwijs",)),
    "sinds 2009": Chosen("jaar", ("2009", "2010", "2011")),
    "in het westen": Chosen("gemeente", ("amsterdam", "den-haag", "rotterdam", "zoetermeer")),
    "praktijken": None,
}
_CONDITION = re.compile("|".join(CONDITIONS), re.IGNORECASE)


def conditions(text: str) -> tuple[Condition, ...]:
    """What texts of these tests ask for in words."""
    return tuple(
        Condition(found.start(), found.end(), CONDITIONS[found[0].lower()])
        for found in _CONDITION.finditer(text)
    )


_SYNONYMS = Synonyms.of(
    [
        ["rechtsextremisme", "rechtsradicalisering", "extreem rechts"],
        ["ZAT", "zorgadviesteam", "zorg- en adviesteam"],
        ["wijk", "buurt"],
        ["mbo", "middelbaar beroepsonderwijs"],
    ]
)
SYNONYMS = replace(_SYNONYMS, conditions=conditions)


def _facet(name: str, values: Iterable[str], **settings: Any) -> Facet:
    options = {value: Option(value, value, PARENTS.get(value, "")) for value in values}
    return Facet(name, name, options, **settings)


FACETS = {
    facet.name: facet
    for facet in (
        _facet("vorm", ("training", "lunchbijeenkomst", "expertmeeting", "e-learning", "nooit")),
        _facet("doelgroep", ("eerstelijn", "bestuur", *PARENTS)),
        _facet("gemeente", PLACES, by_count=True, show_all=True),
        YearFacet("jaar", "jaar"),
    )
}


def document(
    key: int,
    title: str,
    summary: str = "",
    body: str = "",
    *,
    vorm: str = "",
    doelgroep: str = "",
    gemeente: str = "rotterdam",
    jaar: Sequence[int] = (),
    version: int = 0,
) -> Document:
    """A document; `body` holds its texts between bars, facets hold values between spaces."""
    groups = doelgroep.split()
    broader = [PARENTS[group] for group in groups if group in PARENTS]
    texts = [text.strip() for text in body.split("|") if text.strip()]
    return Document(
        id=key,
        text={"title": [title], "summary": [summary] if summary else [], "body": texts},
        facets={
            "vorm": vorm.split(),
            "doelgroep": list(dict.fromkeys([*groups, *broader])),
            "gemeente": [gemeente] if gemeente else [],
            "jaar": [str(year) for year in jaar],
        },
        sort={
            "nieuwste": LAST - key,
            "jaar": (max(jaar, default=0) << 41) | (LAST - key),
            "gemeente": (PLACES.index(gemeente) + 1 if gemeente else 0) << 41 | key,
        },
        passages=tuple(texts),
        version=version,
    )


DOCUMENTS = (
    document(
        1,
        "Training voor jongerenwerkers",
        "Oefenen met acteurs, twee dagdelen lang.",
        "Het rollenspel maakte indruk. | De wethouder opende de eerste bijeenkomst.",
        vorm="training",
        doelgroep="jongerenwerk",
        jaar=(2008, 2009),
    ),
    document(
        2,
        "Wijkoverleg over polarisatie",
        "Wijkagenten en opbouwwerkers leren signalen herkennen.",
        "Zij spraken in café De Zon over moskeeën in de wijk.",
        vorm="expertmeeting",
        doelgroep="bestuur",
        gemeente="den-haag",
        jaar=(2009,),
    ),
    document(
        3,
        "Lunchbijeenkomst voor wethouders",
        "Een uur over radicalisering.",
        "Voor het hoger kader. | Trainingen volgden later.",
        vorm="lunchbijeenkomst",
        doelgroep="gemeenteraad",
        gemeente="den-haag",
        jaar=(2010,),
    ),
    document(
        4,
        "Leerlijn ‘Ideaal Jongerenwerk’",
        "Module in het mbo en hbo.",
        "Studenten leren geradicaliseerde jongeren herkennen. | Met het Albeda College.",
        vorm="training e-learning",
        doelgroep="jongerenwerk onderwijs",
        jaar=(2008, 2009, 2010),
    ),
    document(
        5,
        "Zorgadviesteam leert over rechtsextremisme",
        "ZAT-coördinatoren in het onderwijs.",
        "Een trainer over de islam samen met een trainer over extreem rechts.",
        vorm="training",
        doelgroep="onderwijs",
        gemeente="zoetermeer",
        jaar=(2009,),
    ),
    document(
        6,
        "Begeleiding van ouders",
        "Hulpverleners begeleiden gezinnen.",
        "Geweld in huis kwam ter sprake. | De overheid keek mee.",
        gemeente="arnhem",
    ),
    document(
        7,
        "Beleid in de praktijk",
        "Beleidsmedewerkers over hun wijk.",
        "Over en weer. | Wel of niet ingrijpen?",
        doelgroep="bestuur",
        gemeente="arnhem",
        jaar=(2012,),
    ),
    document(
        8,
        "Docenten en leerlingen in gesprek",
        "Gesprekken op school over extremisten.",
        "Leraren kregen les van een imam. | Scholen in Oost deden mee.",
        vorm="training",
        doelgroep="onderwijs",
        gemeente="amsterdam",
        jaar=(2009, 2010),
    ),
    document(
        9,
        "E-learning zelf doen",
        "Online leren in een paar uur.",
        "Zelforganisaties deden het zelf, zonder trainer.",
        vorm="e-learning",
        gemeente="amsterdam",
        jaar=(2014,),
    ),
    document(
        10,
        "Buurtvaders op straat",
        "Vaders uit de buurt spreken jongens aan.",
        "Straathoekwerkers liepen mee. | In huizen van de buurt.",
        doelgroep="jongerenwerk",
        gemeente="amsterdam",
        jaar=(2007,),
    ),
    document(
        11,
        "Middelbaar beroepsonderwijs",
        "Burgerschap voor studenten.",
        "Het zorg- en adviesteam keek mee.",
        vorm="expertmeeting",
        doelgroep="onderwijs",
        gemeente="zoetermeer",
    ),
    document(
        12,
        "Raadsleden op excursie",
        "De gemeenteraad bezocht een moskee.",
        "Een raadslid schreef een brief; brieven stonden in de krant. | 100% deed mee, 2x in 2011.",
        doelgroep="gemeenteraad",
        gemeente="",
        jaar=(2011,),
    ),
)


@dataclass
class Source:
    """What an index of a test follows: a table of documents in memory."""

    documents: dict[int, Document] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Source":
        return cls({one.id: one for one in documents})

    def load(self, ids: Sequence[int]) -> Iterator[Document]:
        return (self.documents[key] for key in ids if key in self.documents)

    def ids(self) -> Iterable[int]:
        return sorted(self.documents)

    def index(self, name: str, *, schema: str = "1") -> Index:
        """An index of these documents; the same name is the same index for every process."""
        return Index(name, WEIGHTS, tuple(FACETS), ORDERS, self.load, self.ids, schema)
