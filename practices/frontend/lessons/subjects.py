"""When two lessons are on one subject: a pure function of their words and their practices.

Two lessons are on one subject when they share two words that say something, or one word and two
terms of their practices. A shared word weighs two, a shared term (a theme, working method or
format of both practices) one, and terms together no more than one word: without a shared word they
merely come from similar practices.

Words are compared as the search compares them (`search/questions/dutch.py`): a compound answers to
its parts, plural and accents do not matter. Words that lessons use whatever they are about say
nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from search.questions import dutch
from search.questions.text import STOP_WORDS

THRESHOLD = 4
"""Two words, or a word and two terms: see `tests/practices/frontend/lessons/pairs.toml`."""
WORD, MOST_OF_TERMS = 2, 2

# Written as they stand in texts; compared by their stems.
_SAYS_NOTHING = """
aandacht aanpak af al alle allebei alleen alles altijd ander andere anders aantal avond beide beter
beviel bevallen bij bleef bleek blijft blijken blijven bracht brengen dag dagen daar daarna daarom
dachten deden deed deel deelnemer deelnemers denken dezelfde dit doen door dus een eerste eigen elk
elkaar er erg extra ga gaan gaf gaven geef geen geeft gebruik gebruikte geven geweest ging gingen
goed goede groot grote haar had hadden heb hebben heel heeft hem hen hielp helpen helpt hier hield
hun ieder iedereen iemand iets ik juist kan keer keuze klein kleine komen kon konden koos kort korte
kost kostte kreeg kregen krijgen kunnen kwam kwamen laat lang lange laten later leerde leren les
liep liepen liever lukte maak maakt maakte maakten maar maken meer meest meeste mensen middag minder
misschien moeilijk moest moeten mogelijk na nadat nam namen nemen niemand niet niets nodig nog nooit
nu onder ons onze ook open over paar paste past plaats praktijk samen slecht snel soms steeds te
tegen terug toch toen tussen u uur uw vaak veel verder vinden vond vonden voor vooraf vooral
vroeg waar waardoor waarom wanneer want waren was weer weet weinig wel welke werd werden werk werken
werkt werkte werkten wij wil wilde wilden wist wisten worden zag zagen zeer zeggen zei zelf zelfde
zich zien zij zijn zit zo zoals zonder zorg zorgde zorgden zou zouden
gemeente gemeenten training trainingen bijeenkomst bijeenkomsten
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a lesson is about."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    """The words that say something, as they stand in the text, each with its tokens."""
    terms: frozenset[tuple[str, str]]
    """Themes, working methods and formats of its practice: relation and slug."""

    @property
    def tokens(self) -> frozenset[str]:
        """All tokens of the words."""
        return frozenset(chain.from_iterable(tokens for _word, tokens in self.words))


class Shared(NamedTuple):
    """What two lessons have in common: words as the first one has them, and how many terms."""

    words: tuple[str, ...]
    terms: int

    @property
    def weight(self) -> int:
        """How much that is."""
        return WORD * len(self.words) + min(self.terms, MOST_OF_TERMS)


def subject_of(text: str, terms: Iterable[tuple[str, str]]) -> Subject:
    """The subject of a lesson, from its text and the terms of its practice."""
    words: dict[str, tuple[str, tuple[str, ...]]] = {}
    for word in dutch.words(text):
        shown = text[word.start : word.end]
        if dutch.fold_word(shown) in STOP_WORDS or word.tokens[0] in _EMPTY:
            continue
        words.setdefault(word.tokens[0], (shown, word.tokens))
    return Subject(tuple(words.values()), frozenset(terms))


def shared(one: Subject, other: Subject) -> Shared:
    """What two lessons have in common; of words no more than either has."""
    words = _answered(one, other.tokens)
    most = len(_answered(other, one.tokens))
    return Shared(words[:most], len(one.terms & other.terms))


def is_one_subject(common: Shared) -> bool:
    """Whether lessons that have this in common are on one subject."""
    return bool(common.words) and common.weight >= THRESHOLD


def _answered(subject: Subject, tokens: frozenset[str]) -> tuple[str, ...]:
    """The words of which a token that says something is among others."""
    return tuple(word for word, own in subject.words if tokens.intersection(own) - _EMPTY)


_EMPTY = frozenset(dutch.tokens(dutch.fold_word(word))[0] for word in _SAYS_NOTHING.split())
