"""Dutch sentences of fictional practices.

`{0}`, `{1}` and `{2}` are compounds with their article; the other slots are the practice's own
terms and municipality, so that texts and facets agree.
"""

from random import Random

from cms.synthetic.words import some_words

APPROACH = (
    "In {gemeente} begon het met {0} en een rondvraag onder {doelgroep}.",
    "Aan de hand van {werkvorm} bespraken de deelnemers {0}.",
    "De trainer legde eerst uit wat {soort} is en wat niet.",
    "Na de pauze oefenden kleine groepen met {0} en {1}.",
    "Vooraf vulden de deelnemers een korte vragenlijst in over {0}.",
    "Elke deelnemer bracht een eigen voorbeeld mee uit {0}.",
    "Daarna kwam {thema} aan bod, met aandacht voor {0}.",
    "Wie wilde, kon later nog met de trainer praten over {0}.",
    "De gemeente koppelde dit aan {0}, dat toen net begon.",
    "Er was veel tijd voor vragen, twijfel en weerstand.",
    "Een collega van {0} vertelde hoe dat bij hen gaat.",
    "De groep maakte samen een kaart van signalen rond {0}.",
    "Twee trainers wisselden elkaar af: de een vertelde, de ander keek mee naar het gesprek.",
    "Aan het einde schreef iedereen op wat morgen anders gaat in {0}.",
    "Na zes weken kwam de groep terug om te bespreken wat lukte met {0}.",
    "Tussendoor kregen {doelgroep} een opdracht mee over {0}.",
    "De bijeenkomst was bij {0}, zodat niemand ver hoefde te reizen.",
    "Voor {doelgroep} was dit de eerste keer dat {thema} op de agenda stond.",
    "De inhoud sloot aan bij het nieuws van die maand en bij {0}.",
    "Met {werkvorm} werd duidelijk hoe lastig het is om door te vragen.",
    "Deelnemers uit {0} en {1} zaten bewust door elkaar.",
    "De wethouder opende de middag en bleef tot het einde.",
    "Wij vroegen {0} om mee te denken over de opzet.",
    "Het programma is daarna aangepast: korter, met meer ruimte voor {0}.",
    "Iedereen kreeg na afloop een samenvatting en de uitleg over {0}.",
    "Het verschil tussen puberaal gedrag en zorgelijk gedrag kwam steeds terug.",
)
STAKES = (
    "In een deel van {gemeente} liepen spanningen tussen groepen op, en {0} vroeg om hulp.",
    "Er waren zorgen over {soort}, vooral rond {0}.",
    "Bij {0} kwamen vragen binnen die niemand goed kon beantwoorden.",
    "Professionals zagen signalen, maar wisten niet waar zij die kwijt konden.",
    "De gemeenteraad vroeg wat {0} kon betekenen.",
    "Er speelde weinig, maar de gemeente wilde voorbereid zijn op {soort}.",
    "Uit {0} bleek dat {doelgroep} zich alleen voelden staan.",
)
EVALUATION = (
    "Deelnemers gaven gemiddeld een {cijfer}, het meest geprezen werd {0}.",
    "Een half jaar later gebruikte de helft {0} nog steeds.",
    "Het aantal vragen bij {0} nam toe, en dat was ook de bedoeling.",
    "De evaluatie is gedaan met een vragenlijst en vijf gesprekken over {0}.",
    "Wat mensen anders doen na {0} is niet gemeten.",
    "Leidinggevenden zagen meer rust in {0} en {1}.",
)
LESSONS = {
    "werkte": (
        "Begin met {0}: dat geeft vertrouwen.",
        "Twee trainers met verschillende kennis vulden elkaar goed aan bij {0}.",
        "Zelf meedoen als gemeente leverde contact op met {0}.",
        "Door {werkvorm} durfden {doelgroep} meer te vragen.",
        "Een vaste groep over meer bijeenkomsten maakte {0} mogelijk.",
    ),
    "werkte_niet": (
        "Een avond was te kort om {0} en {1} allebei te bespreken.",
        "De groep was te groot voor {werkvorm}.",
        "Wij begonnen te laat met {0}, waardoor mensen afhaakten.",
        "Zonder {0} bleef het bij praten.",
        "Voor {doelgroep} was de theorie over {soort} te algemeen.",
    ),
    "tip": (
        "Vraag vooraf wat {doelgroep} al weten van {0}.",
        "Plan meteen een terugkombijeenkomst, bij voorkeur samen met {0}.",
        "Spreek af wie na afloop het aanspreekpunt is voor {0}.",
        "Leg afspraken over leerdoelen vast met de aanbieder, ook over {0}.",
        "Betrek {0} al bij de opzet, niet pas op de dag zelf.",
    ),
}
BROUGHT = (
    "Kende {0} van binnenuit.",
    "Gaf voorbeelden uit {0} en hield het gesprek veilig.",
    "Bracht kennis over {soort}, de ander over {0}.",
    "Legde de verbinding met {0}.",
)
MEASURES = (
    "Vragenlijst voor en na de bijeenkomst.",
    "Gesprek met vijf deelnemers na drie maanden.",
    "Aantal meldingen via {0} in het jaar erna.",
    "Opdracht over {0} aan het einde.",
)
NETWORKS = (
    "Er is gebruikgemaakt van {0} en {1}.",
    "De uitnodiging liep via {0}.",
    "Het bestaande overleg rond {0} was gastheer.",
)
SUMMARIES = (
    "{vorm} over {thema} voor {doelgroep}, samen met {0}.",
    "Met {0} leerden {doelgroep} omgaan met {soort}.",
    "{gemeente} koos voor {vorm} over {soort}, als deel van {0}.",
    "Hoe {doelgroep} via {0} meer te weten kwamen over {thema}.",
)
TITLES = (
    "{vorm} voor {doelgroep} over {thema}",
    "{vorm} {soort} in {gemeente}",
    "{gemeente}: {doelgroep} en {thema}",
    "{vorm} rond {0}",
    "{doelgroep} leren over {soort}",
)


def sentences(rng: Random, templates: tuple[str, ...], count: int, slots: dict[str, str]) -> str:
    """So many different sentences in a row (or all there are), with the slots filled."""
    chosen = rng.sample(templates, min(count, len(templates)))
    return " ".join(_capital(text.format(*some_words(rng, 3), **slots)) for text in chosen)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
