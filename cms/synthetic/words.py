"""The words of fictional practices: some 3,000 compounds, used as often as Zipf says."""

from itertools import accumulate
from random import Random

# First and last parts of compounds of the field; a last part brings its article.
FIRST_PARTS = """
    jongeren jeugd wijk buurt school ouder leerlingen zorg welzijns veiligheids gemeente straat
    preventie radicaliserings polarisatie signalerings integratie participatie onderwijs politie
    netwerk dorps stads regio keten casus gespreks gezins opvoed vrijwilligers bewoners huurders
    moskee kerk sport cultuur media internet dialoog weerbaarheids identiteits vertrouwens crisis
    burgerschaps ambtenaren beleids bestuurs raads praktijk kennis thema proef vervolg verdiepings
    introductie basis mentor stage risico
""".split()
LAST_PARTS = {
    "de": """
        avond middag bijeenkomst training module aanpak coördinator medewerker begeleider adviseur
        groep week methode handleiding checklist agenda vraag ondersteuning samenwerking verbinding
        partner organisatie instelling kring tafel workshop lezing film opdracht oefening evaluatie
        werkgroep rondgang conferentie cursus
    """.split(),
    "het": """
        overleg team project plan netwerk contact gesprek programma onderzoek verslag materiaal
        meldpunt loket centrum dossier signaal probleem spel voorbeeld traject werk beleid
    """.split(),
}
ORGANISATIONS = tuple(
    f"{kind} {name}"
    for kind in "Bureau Stichting Adviesgroep Welzijn Trainershuis Kenniscentrum Coöperatie".split()
    for name in """
        Noorderlicht,De Brug,Lindehof,Zuiderpoort,Het Kompas,Ankerplaats,De Wissel,Waterland,
        Rozengaard,De Schakel,Kruispunt,Morgenster,De Vuurtoren,Veldzicht,Het Anker,Westhoek,
        De Waaier,Berkenrode,Samenspel,De Oever
    """.strip()
    .replace("\n        ", "")
    .split(",")
)


def _compounds() -> tuple[str, ...]:
    """All compounds with their article, in an order that is the same for ever: the rank."""
    words = [
        f"{article} {first}{last}"
        for article, lasts in LAST_PARTS.items()
        for last in lasts
        for first in FIRST_PARTS
    ]
    Random("rank of the compounds").shuffle(words)  # noqa: S311 (no secret)
    return tuple(words)


COMPOUNDS = _compounds()
# The n-th word is used as often as 1 / (n + 3).
_WEIGHTS = tuple(accumulate(1 / (rank + 3) for rank in range(len(COMPOUNDS))))


def some_words(rng: Random, count: int) -> list[str]:
    """Compounds with their article, drawn by Zipf's law."""
    return rng.choices(COMPOUNDS, cum_weights=_WEIGHTS, k=count)
