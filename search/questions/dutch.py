"""Dutch text as every engine sees it: folded, stemmed and taken apart, in Python.

Analysis stands here and not in the settings of an engine, so that the embedded engine, the
cluster and the highlighter give the same answer for the same word. A word becomes tokens:

- its stem (`trainingen` → `training`), by Snowball's Dutch stemmer;
- a compound whose parts are all known also gives its parts and their runs
  (`jongerenwerkers` → `jonger_werk jonger werk`), so that `wijk` finds `wijkoverleg`, while
  a search for the whole compound asks for the whole only.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import Stemmer

MAX_WORD = 64
MIN_COMPOUND = 7
MIN_PART = 3
MAX_PARTS = 6
LINKS = ("", "s", "en", "e", "n", "er")
CONSTITUENTS = Path(__file__).with_name("dutch_constituents.txt")
"""The words that may be parts of a compound, one a line."""
STOP_FILE = Path(__file__).with_name("dutch_stop_words.txt")
STOP_WORDS = frozenset(STOP_FILE.read_text(encoding="utf-8").split())
"""Words without content; in capitals they are names: OM is no om."""

# What may stand in a word beside letters: accents apart, soft hyphens, invisible joiners.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
ABBREVIATION = r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
"""Letters with points: `m.b.o.`, `A.I.V.D`."""
WORD = re.compile(rf"{ABBREVIATION}|{LETTERS}(?:['’-]{LETTERS})*")
_ABBREVIATION = re.compile(ABBREVIATION)
_SIMPLE_WORD = re.compile(r"[^\W_]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_IN_WORDS = re.compile(rf"['’{_MARKS}]")
_PLURAL = re.compile(r"['’]s$")
# What is done and that it is done are one: isolatie, isoleren. Not of all: informatie, relatie.
_VERBS = "discrimin|escal|evalu|integr|isol|particip|provoc|registr|stigmatis"
_ENDINGS = (
    (re.compile(rf"(?:ge)?({_VERBS})eer(?:t|d|den?)$"), r"\1eren"),  # geïsoleerd → isoleren
    (re.compile(rf"({_VERBS})(?:aties?|ering(?:en)?)$"), r"\1eren"),  # escalatie → escaleren
    (re.compile(r"eeen$"), "ee"),  # moskeeën → moskee
    (re.compile(r"ieen$"), "ie"),  # categorieën → categorie
    (re.compile(r"^(?:ge)?(\w{3,}is)eerd(?:en?)?$"), r"\1ering"),  # gepolariseerd
    (re.compile(r"(\w{3,}is)(?:aties?|eren|eert)$"), r"\1ering"),  # polariseren, polarisatie
    # The s of these belongs to the word; with an ending after it, Snowball leaves it alone.
    (re.compile(r"(advie|beur|gren|verlie)s$"), r"\1zen"),
    (re.compile(r"(dan|fiet|gid|impul|kan|korp|plaat|reek|toet|wen)s$"), r"\1sen"),
    (re.compile(r"(?<=\w{3}[ao])(?<!aa|oo)(?<!kla)s$"), ""),  # themas (for thema's) → thema
    (re.compile(r"(?<=\w{3})(ie|[dtnjg]e)s$"), r"\1"),  # evaluaties, colleges, meisjes
    (re.compile(r"(?<=\w{2})(ame|ice|ole|ule|ure|ype|yse)s$"), r"\1"),  # modules, analyses
    (re.compile(r"(?<=\w{3}e)ns$"), "n"),  # jongens → jongen, gegevens → gegeven
    (re.compile(r"iaal$"), "ial"),  # sociaal, as Snowball makes of sociale
    (re.compile(r"loos$"), "loze"),  # werkloos → werkloze
    (re.compile(r"werk(?:er|ers|ster|sters)$"), "werk"),  # jongerenwerkers → jongerenwerk
    (re.compile(r"verlen(?:er|ers|ing|ingen)$"), "verlen"),  # hulpverlener → hulpverlen(ing)
    (re.compile(r"ator(?:en|s)$"), "ator"),  # coördinatoren → coördinator
    (re.compile(r"(?<=\w{4})(?:istische?|isten|ists?)$"), "isme"),  # extremisten → extremisme
    (re.compile(r"(?<=rac)(?:istische?|isten|ists?)$"), "isme"),  # racist → racisme
    (re.compile(r"semi(?:tische?|et|eten)$"), "semitisme"),  # antisemitisch → antisemitisme
    (re.compile(r"extre(?:em|me|men)$"), "extremisme"),
    (re.compile(r"radica(?:al|les?|len|lere?|lisme)$"), "radicalisering"),
    (re.compile(r"((?:prevent|repress)ie)(?:f|ve)$"), r"\1"),  # preventieve → preventie
)
_EXTREME_FIRST = re.compile(r"extreem-?(recht|link)s?e?$")  # extreemrechts → rechtsextreem
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")
_SOFT = {"z": "s", "v": "f"}
# Words that the rules would cut wrongly, or leave apart from their family.
_EXCEPTIONS = {
    **dict.fromkeys(("gemeente", "gemeenten", "gemeentelijk", "gemeentelijke"), "gemeente"),
    **dict.fromkeys(("islam", "islamitisch", "islamitische"), "islam"),
    **dict.fromkeys(("arts", "artsen"), "arts"),
    **dict.fromkeys(("cafe", "cafes"), "cafe"),
    **dict.fromkeys(("kind", "kinder", "kinderen"), "kind"),
    **dict.fromkeys(("lid", "leden"), "lid"),
    **dict.fromkeys(("mens", "mensen"), "mens"),
    "ouderen": "ouderen",  # no parents (ouders)
    **dict.fromkeys(("stad", "steden"), "stad"),
    **dict.fromkeys(("overheid", "overheden"), "overheid"),
}


class Word(NamedTuple):
    """A word of a text: its place in the text and its tokens (the whole first)."""

    start: int
    end: int
    tokens: tuple[str, ...]


def fold(text: str) -> str:
    """Lower case without accents: `Moskeeën` → `moskeeen`, `CAFÉ` → `cafe`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order, each with its place and its tokens."""
    for match in WORD.finditer(text):
        yield Word(match.start(), match.end(), word_tokens(match[0]))


def text_tokens(text: str) -> Iterator[str]:
    """The tokens of all words of a text in their order, for an index."""
    return chain.from_iterable(map(word_tokens, WORD.findall(text)))


def simple_words(text: str) -> list[str]:
    """The folded words of a text as an exact phrase compares them; a hyphen parts words."""
    whole = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return [word[:MAX_WORD] for word in _SIMPLE_WORD.findall(_IN_WORDS.sub("", fold(whole)))]


@lru_cache(maxsize=65536)
def word_tokens(word: str) -> tuple[str, ...]:
    """All tokens of a word as it stands in a text."""
    return tokens(fold_word(word))


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """A word as it is compared: folded, letters only, no part of it longer than `MAX_WORD`.

    Its hyphens stay. It is empty where folding leaves no letter. What would have no content but
    stands in capitals keeps these: OM, IS.
    """
    if len(word) > 1 and word.isupper() and word.lower() in STOP_WORDS:
        return word
    parts = (_NO_LETTERS.sub("", _PLURAL.sub("", part)) for part in fold(word).split("-"))
    return "-".join(part[:MAX_WORD] for part in parts if part)


@lru_cache(maxsize=65536)
def tokens(folded: str) -> tuple[str, ...]:
    """All tokens of a folded word; the first stands for the whole word."""
    if folded.isupper():
        return (folded, stem(folded.lower()))
    pieces = _EXTREME_FIRST.sub(r"\1sextreem", folded).split("-")
    parts = [part for piece in pieces for part in (_parts(piece) or (stem(piece),))]
    if len(parts) < 2:
        return (parts[0],)
    runs = [
        "_".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, min(start + MAX_PARTS, len(parts)) + 1)
    ]
    whole = "_".join(parts)
    return (whole, *dict.fromkeys(run for run in runs if run != whole))


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """The stem of a folded word.

    Snowball's older Dutch stemmer cuts little and safely (the newer one makes one word of
    `begeleiding` and `beleid`); what it leaves apart within a family is joined here.
    """
    if folded in _EXCEPTIONS:
        return _EXCEPTIONS[folded]
    for pattern, ending in _ENDINGS:
        folded, found = pattern.subn(ending, folded)
        if found:
            break
    stemmed = _DOUBLE.sub(r"\1", _stemmer().stemWord(folded))  # lessen → less → les
    if len(stemmed) < MIN_PART:
        return stemmed  # OV is no of
    return stemmed[:-1] + _SOFT.get(stemmed[-1:], stemmed[-1:])  # huizen → huiz → huis


@cache
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("dutch_porter")


@cache
def _constituents() -> frozenset[str]:
    """The words that may be parts of a compound."""
    lines = CONSTITUENTS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip())


@cache
def _constituent_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _constituents())


def _parts(folded: str) -> tuple[str, ...]:
    """The stems of the parts of a compound, or nothing if not every part is known."""
    parts = _split(folded) if len(folded) >= MIN_COMPOUND else None
    return parts if parts and len(parts) > 1 else ()


@lru_cache(maxsize=65536)
def _split(rest: str) -> tuple[str, ...] | None:
    """The fewest known parts that make up the whole of `rest`, as stems."""
    best: tuple[str, ...] | None = None
    if len(rest) >= MIN_PART and stem(rest) in _constituent_stems():
        best = (stem(rest),)
    for end in range(len(rest) - MIN_PART, MIN_PART - 1, -1):
        if best is not None and len(best) == 1:
            break
        for link in LINKS:
            front = rest[: end - len(link)] if rest[:end].endswith(link) else ""
            if len(front) < MIN_PART or front not in _constituents():
                continue
            tail = _split(rest[end:])
            if tail and (best is None or len(tail) + 1 < len(best)):
                best = (stem(front), *tail)
    return best
