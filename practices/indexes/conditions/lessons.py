"""Kinds of lessons by how people ask for them: what did not work, what worked, tips."""

import re
from typing import NamedTuple

from practices.models import Lesson
from practices.models.lessons import kind_value
from search.questions.dutch import fold
from search.questions.text import STOP_WORDS, folded_words

_SAID = {
    Lesson.Kind.DID_NOT_WORK: (
        r"wat (?:er )?(?:niet|minder) (?:goed )?(?:werkte|werkt|lukte|ging|liep)"
        r"|wat (?:werkte|werkt|lukte|ging|liep) (?:er )?(?:niet|minder)(?: goed)?"
        r"|wat (?:ging )?(?:er )?(?:mis ?ging|mis|fout|verkeerd)(?: ging| liep)?"
        r"|(?:niet (?:werkte|gewerkt)|werkte niet)|valkuil(?:en)?|mislukt(?:e|ing|ingen)?"
    ),
    Lesson.Kind.WORKED: (
        r"wat (?:er )?(?:goed )?(?:werkte|werkt|lukte)|wat (?:ging|liep) (?:er )?goed"
        r"|succesfactor(?:en)?"
    ),
    Lesson.Kind.TIP: r"(?:goede )?tips?",
}
"""What is asked for first counts: of what did not work one says that it worked as well."""
_PATTERNS = {kind: re.compile(rf"(?<![\w-])(?:{said})(?![\w-])") for kind, said in _SAID.items()}


class Kind(NamedTuple):
    """A kind of lessons that a text asks for, and the rest of the text."""

    value: str
    """As it stands in an address."""
    text: str


def kind_asked(text: str) -> Kind | None:
    """The kind of lessons that a text asks for in words; None where it asks for none."""
    folded = fold(text)
    if len(folded) != len(text):  # Its places are not those of the text.
        text = folded
    for kind, pattern in _PATTERNS.items():
        if found := pattern.search(folded):
            before, after = text[: found.start()].split(), text[found.end() :].split()
            return Kind(kind_value(kind), " ".join([*before, *_from_content(after)]))
    return None


def _from_content(words: list[str]) -> list[str]:
    """The words from the first with content on."""
    at = next(
        (at for at, word in enumerate(words) if not STOP_WORDS.issuperset(folded_words(word))),
        len(words),
    )
    return words[at:]
