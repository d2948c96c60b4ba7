"""Values of facets by their labels, synonyms and word families, and by how people say them."""

from collections.abc import Iterator, Mapping

from practices.indexes.conditions.places import Meaning
from practices.indexes.conditions.words import stems_of
from practices.models.terms import Vocabulary
from search.questions.facets import Facet, Option
from search.questions.text import Match, Synonyms, asked_tokens
from search.questions.thesaurus import LIKE, NARROWER

FIRST_OF = (
    Vocabulary.TARGET_GROUP, Vocabulary.RADICALISATION_TYPE, Vocabulary.FORMAT,
    Vocabulary.WORKING_METHOD, Vocabulary.THEME, Vocabulary.DELIVERY, Vocabulary.COMPOSITION,
    Vocabulary.POLICY_FIELD,
)  # fmt: skip
"""Where a label stands in several vocabularies, it is looked for in the first of these."""
WITH_NARROWER = (Vocabulary.TARGET_GROUP, Vocabulary.RADICALISATION_TYPE, Vocabulary.FORMAT)
"""Where what is narrower is a case of it: a teacher works in education."""
LESS = 0.7
"""How much less it counts that a narrower word asks for a value."""

SMALL, LARGE = ("20000-50000", "tot-20000"), ("100000-250000", "vanaf-250000")
SHORT = ("deskundigheidsbevordering", "informatiebijeenkomst", "lunchbijeenkomst")
LONG = ("training", "verdiepingstraining")
"""What lasts one to four hours, and what two dayparts or more: so the fact sheet has it."""
SAID: Mapping[Meaning, str] = {
    Meaning("grootte", SMALL): "kleine gemeente, kleinere gemeente, kleine stad, dorp, klein dorp",
    Meaning("grootte", ("50000-100000",)): "middelgrote gemeente, middelgrote stad, middelgroot",
    Meaning("grootte", LARGE): (
        "grote gemeente, grotere gemeente, grote stad, grotere stad, G40, G32, honderdduizendplus"
    ),
    Meaning("grootte", ("vanaf-250000",)): "grootste gemeente, vier grote steden, G4",
    Meaning("stedelijkheid", ("niet-stedelijk", "weinig-stedelijk")): (
        "platteland, plattelandsgemeente, landelijk gebied, landelijke gemeente"
    ),
    Meaning("stedelijkheid", ("sterk-stedelijk", "zeer-sterk-stedelijk")): (
        "stedelijke gemeente, stedelijk gebied"
    ),
    Meaning("doelgroep", ("onderwijs",)): "school, docententeam, schoolteam, juf, meester",
    Meaning("doelgroep", ("wijkagenten",)): "politie, agent, korps, politieagent",
    Meaning("uitvoering", ("zelf-doen",)): (
        "zelf gedaan, zelf doen, zelf gegeven, eigen medewerkers, eigen mensen"
    ),
    Meaning("vorm", SHORT, 0.7): (
        "korte bijeenkomst, korte sessie, bijeenkomst van een uur, bijeenkomst van twee uur, "
        "een dagdeel, 1 dagdeel, uurtje"
    ),
    Meaning("vorm", LONG, 0.7): (
        "twee dagdelen, drie dagdelen, vier dagdelen, 2 dagdelen, 3 dagdelen, 4 dagdelen, "
        "meerdere dagdelen, meer dagdelen, tweedaags, meerdaags, meerdaagse, tweedaagse"
    ),
    Meaning("status", ("gestopt",)): "gestopt, stopgezet, beëindigd, gestaakt",
    Meaning("status", ("lopend",)): "lopend, loopt nog, nog bezig, nog loopt",
    Meaning("status", ("afgerond",)): "afgerond, voltooid",
    Meaning("status", ("pilot",)): "pilot, proef, proeftuin",
}
"""How people say a size, an urbanity, a status, a length, or who works there."""
EMPTY = (
    "praktijk, praktijken, gemeente, gemeenten, gemeentes, wat werkte, wat niet werkte, "
    "wat werkte niet, wat ging er mis, wat er misging, wat ging er niet goed, wat niet lukte, "
    "wat werkt, wat werkt niet, wat niet werkt, ervaring met, ervaringen met, ervaringen van, "
    "werkte niet, niet werkte, best practice, best practices, goede voorbeelden, "
    "praktijkvoorbeeld, praktijkvoorbeelden"
)
"""What says nothing where only practices of municipalities are found, and each has its lessons."""


def of_facets(
    facets: Mapping[str, Facet], synonyms: Synonyms
) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    """Phrases as stems, each with the values that it asks for; the first of a phrase counts."""
    for meaning, said in SAID.items():
        for phrase in said.split(", "):
            yield stems_of(phrase), meaning
    for is_whole in (True, False):
        for vocabulary in FIRST_OF:
            # What is narrower first: a teacher works in education, and so in the first line.
            options = sorted(facets[vocabulary].options.values(), key=lambda one: not one.parent)
            for option in options:
                if option.is_active:
                    phrases = _phrases(option, vocabulary, synonyms, is_whole=is_whole)
                    weight = 1.0 if is_whole else LESS
                    meaning = Meaning(vocabulary.value, (option.value,), weight)
                    yield from ((phrase, meaning) for phrase in phrases if phrase)


def _phrases(
    option: Option, vocabulary: Vocabulary, synonyms: Synonyms, *, is_whole: bool
) -> Iterator[tuple[str, ...]]:
    """The label and its synonyms; or else what is nearly that, and what is narrower."""
    label = option.label.partition(" (")[0]
    key = asked_tokens(label)
    if is_whole:
        yield stems_of(label)
        yield from (_stems(match) for match in synonyms.table.get(key, ()))
        return
    wanted = (LIKE, NARROWER) if vocabulary in WITH_NARROWER else (LIKE,)
    for way in synonyms.related.get(key, ()):
        if isinstance(way.match, Match) and way.weight in wanted:
            yield (stems := _stems(way.match))
            yield from (_stems(match) for match in synonyms.table.get(stems, ()))


def _stems(match: Match) -> tuple[str, ...]:
    return stems_of(" ".join(match.tokens)) if match.is_phrase else match.tokens
